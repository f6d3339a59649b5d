package dev.slotgate.hsm;

import java.util.Map;
import java.util.Optional;

/** The certificates of keys: objects of the token that have the key's CKA_ID. */
public interface Certificates {

    /** The key's certificate in DER (X.509, RFC 5280); of several, the first. */
    Optional<byte[]> find(SlotId slot, KeyId key);

    /** The certificate of each id that has one, in DER; of several, the first. */
    @TakesLong
    Map<KeyId, byte[]> all(SlotId slot);

    /** Puts a certificate, in DER, in the place of those that the key has. */
    @ChangesToken
    void put(SlotId slot, KeyId key, byte[] certificate);

    /** Destroys those that the key has. @return whether it had one */
    @ChangesToken
    boolean remove(SlotId slot, KeyId key);
}
