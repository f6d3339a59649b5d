package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyOperation;
import dev.slotgate.hsm.KeyUser;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What PKCS#11 has no place for.
 *
 * @param algorithms the only algorithms the key may be used with; null when there is no restriction
 * @param grants who may use the key; everybody with the scope when there are none
 * @param bits the size of a secret whose token does not tell it
 * @param createdAt null for keys made elsewhere
 * @param destroyAt when the key is to be destroyed
 * @param destroyed whether it was: a token that shows it again shows what is not there
 */
record KeyMetadata(
        Map<String, String> tags,
        @Nullable List<String> algorithms,
        List<Grant> grants,
        boolean disabled,
        KeyVersion version,
        @Nullable Integer bits,
        @Nullable Instant createdAt,
        @Nullable Instant destroyAt,
        boolean destroyed) {

    /** Of a key that was made elsewhere. */
    static final KeyMetadata NONE =
            new KeyMetadata(Map.of(), null, List.of(), false, KeyVersion.FIRST, null, null, null, false);

    /** Of a key that is about to be made here. */
    static KeyMetadata ofNew(Map<String, String> tags, @Nullable List<String> algorithms, @Nullable Integer bits) {
        return new KeyMetadata(tags, algorithms, List.of(), false, KeyVersion.FIRST, bits, now(), null, false);
    }

    /** Of the version after this one, which is used by the same people for the same purpose. */
    KeyMetadata ofNext(KeyId self) {
        return new KeyMetadata(
                tags,
                algorithms,
                grants,
                false,
                new KeyVersion(version.number() + 1, self, null),
                bits,
                now(),
                null,
                false);
    }

    /** The same for these people and these algorithms. */
    KeyMetadata ruledBy(List<Grant> sameGrants, @Nullable List<String> sameAlgorithms) {
        return new KeyMetadata(
                tags, sameAlgorithms, sameGrants, disabled, version, bits, createdAt, destroyAt, destroyed);
    }

    KeyState state() {
        if (destroyAt != null) {
            return KeyState.PENDING_DESTRUCTION;
        }
        return disabled ? KeyState.DISABLED : KeyState.ENABLED;
    }

    /** The size of the key in bits, which some tokens do not tell. */
    @Nullable
    Integer sizeOf(Key key) {
        return key.size() == null ? bits : key.size();
    }

    /** @throws HsmException KEY_DISABLED */
    void requireEnabled() {
        if (state() != KeyState.ENABLED) {
            throw HsmException.inField(HsmFailure.KEY_DISABLED, "key", "key: this one is " + state().word());
        }
    }

    /** Whether the user may know of the key. */
    boolean isVisibleTo(KeyUser user) {
        return grants.isEmpty() || user.grantsKeys() || grants.stream().anyMatch(grant -> grant.isTo(user));
    }

    /** Whether the user may do this with the key, as far as grants tell. */
    boolean isGrantedTo(KeyUser user, KeyOperation operation) {
        return grants.isEmpty() || grants.stream().anyMatch(grant -> grant.isTo(user) && grant.covers(operation));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
