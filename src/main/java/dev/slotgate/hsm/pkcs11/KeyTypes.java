package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.KeyType;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The key types of PKCS#11 (CKK_, 2.40 section 4.6.2) that the gateway knows. */
final class KeyTypes {

    private KeyTypes() {}

    /** CKA_KEY_TYPE of keys that are made here. */
    static long code(KeyType type) {
        return switch (type) {
            case RSA -> CKK_RSA;
            case EC -> CKK_EC;
            case OKP -> CKK_EC_EDWARDS;
            case AES -> CKK_AES;
            case HMAC -> CKK_GENERIC_SECRET;
        };
    }

    /** The type for a CKA_KEY_TYPE; empty for one that is not known. */
    static Optional<KeyType> of(@Nullable Long code) {
        return Arrays.stream(KeyType.values())
                .filter(type -> code != null && code(type) == code)
                .findFirst();
    }
}
