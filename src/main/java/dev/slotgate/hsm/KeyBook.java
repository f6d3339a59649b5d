package dev.slotgate.hsm;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the slots for those who may see and change them, kept together with what the gateway knows of them beyond their
 * tokens. What a user may not see is not there: KEY_NOT_FOUND.
 */
public interface KeyBook {

    /** Every key that the user may see, by id. */
    List<Key> keys(SlotId slot, KeyUser user);

    /** The certificate of each key that has one, in DER. */
    Map<KeyId, byte[]> certificates(SlotId slot);

    /** Has the token make a key. @throws HsmException INVALID_FIELD for a label that is none; as {@link Keys#generate} */
    Key generate(SlotId slot, NewKey order);

    /** Puts a key that was made elsewhere on the token. @throws HsmException INVALID_FIELD for what is no key */
    Key bringIn(SlotId slot, KeyId id, @Nullable String label, Encoded key, Usage usage, boolean extractable);

    /** Has a key leave the token, wrapped. @throws HsmException as {@link KeyWrapping#wrap} */
    byte[] wrap(SlotId slot, KeyId key, KeyId wrappingKey, WrapAlgorithm algorithm, KeyUser user);

    /** Has a key that comes wrapped unwrapped by the token. @throws HsmException as {@link KeyWrapping#unwrap} */
    Key unwrap(SlotId slot, Wrapped key, KeyUser user);

    /** Gives a key another label. */
    void relabel(SlotId slot, KeyId key, String label, KeyUser user);

    /** Puts a certificate, in DER, in the place of the one that the key has. @throws HsmException CERTIFICATE_MISMATCH */
    void certify(SlotId slot, KeyId key, byte[] certificate, KeyUser user);

    /** Takes the certificate of a key away. */
    void removeCertificate(SlotId slot, KeyId key, KeyUser user);

    /** Destroys a key, at once or after the delay that is configured. */
    void destroy(SlotId slot, KeyId key, KeyUser user);

    /**
     * A key in the clear, to be wiped by whoever made it.
     *
     * @param format {@code pkcs8}, {@code spki} (both DER) or {@code raw}
     */
    @SuppressWarnings("ArrayRecordComponent") // carried out once, never compared
    record Encoded(KeyType type, String format, byte[] bytes) {}

    /**
     * A key that comes wrapped.
     *
     * @param bits of a secret; null where the sender does not tell
     * @param extractable null for what it was when it was wrapped here
     */
    @SuppressWarnings("ArrayRecordComponent") // carried out once, never compared
    record Wrapped(
            KeyId id,
            @Nullable String label,
            KeyId unwrappingKey,
            WrapAlgorithm algorithm,
            byte[] bytes,
            KeyType type,
            @Nullable Integer bits,
            Usage usage,
            @Nullable Boolean extractable) {}
}
