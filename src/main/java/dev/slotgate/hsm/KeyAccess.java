package dev.slotgate.hsm;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds keys for whoever may use them. */
public interface KeyAccess {

    /**
     * Finds a key for a use, by its id or label.
     *
     * @throws HsmException KEY_NOT_FOUND also for a key that the user may not see; AMBIGUOUS_KEY with the candidates that it
     *     may; KEY_DISABLED, KEY_SUPERSEDED, ALGORITHM_NOT_ALLOWED, OPERATION_NOT_GRANTED, or whatever {@link Keys#find} ends
     *     with
     */
    Key find(SlotId slot, String idOrLabel, Use use);

    /**
     * Finds a key, and chooses an algorithm: the first of those that it may be used with.
     *
     * @param preferred the algorithms that fit the key, the best first, for one that may be used with all of them
     * @throws HsmException as that; ALGORITHM_NOT_ALLOWED when it may be used with none of them
     */
    Chosen choose(
            SlotId slot, String idOrLabel, KeyOperation operation, KeyUser user, Function<Key, List<String>> preferred);

    /**
     * The id or label of a key in a field of a request.
     *
     * @throws HsmException INVALID_FIELD when there is none, or it is no text
     */
    static String named(String field, @Nullable String idOrLabel) {
        if (idOrLabel == null || idOrLabel.isEmpty()) {
            throw HsmException.invalidField(field, "a key's id or label", "nothing");
        }
        if (idOrLabel.codePoints().anyMatch(PlainText::isHalf)) {
            throw HsmException.invalidField(field, "a key's id or label", "a text with half a surrogate pair");
        }
        return idOrLabel;
    }

    /** A key, and the algorithm to use it with. */
    record Chosen(Key key, String algorithm) {}

    /**
     * A use of a key.
     *
     * @param algorithm its JOSE name
     */
    record Use(KeyOperation operation, String algorithm, KeyUser user) {}
}
