package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAccess;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyOperation;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.SlotId;
import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Service;

/** Lets callers see and use the keys that they may. What one may not see looks exactly like what is not there. */
@Service
class GrantedKeys implements KeyAccess {

    private final Keys keys;
    private final KnownMetadata known;

    GrantedKeys(Keys keys, KnownMetadata known) {
        this.keys = keys;
        this.known = known;
    }

    /** The key of a path, as the token has it now. @throws HsmException KEY_NOT_FOUND, or AMBIGUOUS_KEY */
    Key see(SlotId slot, String id, KeyUser user) {
        Key key = seeOrBack(slot, id, user);
        if (known.of(key).destroyed()) {
            throw HsmException.keyNotFound(slot, id);
        }
        return key;
    }

    /** Also one that was destroyed here, and that the token shows again. */
    Key seeOrBack(SlotId slot, String id, KeyUser user) {
        if (!KeyId.looksLikeOne(id)) {
            throw HsmException.keyNotFound(slot, id);
        }
        Key key = keys.get(slot, new KeyId(id));
        if (!known.of(key).isVisibleTo(user)) {
            throw HsmException.keyNotFound(slot, id);
        }
        return key;
    }

    @Override
    public Key find(SlotId slot, String idOrLabel, Use use) {
        Key key = visible(slot, idOrLabel, use.user());
        KeyMetadata metadata = known.of(key);
        checkUse(metadata, use);
        return sized(key, metadata);
    }

    @Override
    public Chosen choose(
            SlotId slot,
            String idOrLabel,
            KeyOperation operation,
            KeyUser user,
            Function<Key, List<String>> preferred) {
        Key found = visible(slot, idOrLabel, user);
        KeyMetadata metadata = known.of(found);
        checkMay(metadata, operation, user);
        Key key = sized(found, metadata);
        List<String> fitting = preferred.apply(key);
        List<String> allowed = metadata.algorithms();
        String algorithm = (allowed == null ? fitting : allowed)
                .stream().filter(fitting::contains).findFirst().orElse(fitting.getFirst());
        checkAlgorithm(metadata, algorithm);
        return new Chosen(key, algorithm);
    }

    /** Some tokens do not tell the size of a secret that came from outside. */
    private static Key sized(Key key, KeyMetadata metadata) {
        return key.size() == null && metadata.bits() != null ? key.withSize(metadata.bits()) : key;
    }

    /** A use of a key that was seen already. */
    void checkUse(Key key, Use use) {
        checkUse(known.of(key), use);
    }

    private Key visible(SlotId slot, String idOrLabel, KeyUser user) {
        Key key;
        try {
            key = keys.find(slot, idOrLabel);
        } catch (HsmException e) {
            if (e.failure() != HsmFailure.AMBIGUOUS_KEY) {
                throw e;
            }
            key = onlyVisible(slot, idOrLabel, e.candidates(), user);
        }
        KeyMetadata metadata = known.of(key);
        if (!isThere(metadata, user)) {
            throw HsmException.keyNotFound(slot, idOrLabel);
        }
        return key;
    }

    private static boolean isThere(KeyMetadata metadata, KeyUser user) {
        return !metadata.destroyed() && metadata.isVisibleTo(user);
    }

    private Key onlyVisible(SlotId slot, String idOrLabel, List<KeyId> candidates, KeyUser user) {
        String serial = keys.get(slot, candidates.getFirst()).token().serial();
        List<KeyId> visible = candidates.stream()
                .filter(id -> isThere(known.of(serial, id), user))
                .toList();
        return switch (visible.size()) {
            case 0 -> throw HsmException.keyNotFound(slot, idOrLabel);
            case 1 -> keys.find(slot, visible.getFirst().hex());
            default -> throw HsmException.ambiguousKey(slot, idOrLabel, visible);
        };
    }

    private static void checkUse(KeyMetadata metadata, Use use) {
        checkMay(metadata, use.operation(), use.user());
        checkAlgorithm(metadata, use.algorithm());
    }

    private static void checkMay(KeyMetadata metadata, KeyOperation operation, KeyUser user) {
        metadata.requireEnabled();
        if (!metadata.isGrantedTo(user, operation)) {
            throw refused(
                    HsmFailure.OPERATION_NOT_GRANTED, "you were not granted to " + operation.word() + " with this one");
        }
        KeyId successor = metadata.version().successor();
        if (successor != null && operation.protectsAnew()) {
            throw refused(
                    HsmFailure.KEY_SUPERSEDED,
                    "this one is an earlier version, and does not " + operation.word() + " any more; the next is "
                            + successor);
        }
    }

    private static void checkAlgorithm(KeyMetadata metadata, String algorithm) {
        List<String> allowed = metadata.algorithms();
        if (allowed != null && !allowed.contains(algorithm)) {
            throw HsmException.inField(
                    HsmFailure.ALGORITHM_NOT_ALLOWED,
                    "algorithm",
                    "algorithm: this key may be used with " + String.join(", ", allowed) + " only, not with "
                            + algorithm);
        }
    }

    private static HsmException refused(HsmFailure failure, String why) {
        return HsmException.inField(failure, "key", "key: " + why);
    }
}
