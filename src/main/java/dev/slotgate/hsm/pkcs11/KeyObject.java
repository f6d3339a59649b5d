package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.KeyAttributes;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyType;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/**
 * One key object of a token, half of a pair or a secret key, with the attributes that the gateway looks at.
 *
 * @param handle for immediate use, or for the cache: it dies at the next login
 */
record KeyObject(
        long handle,
        long objectClass,
        KeyType type,
        KeyId id,
        @Nullable String label,
        AttributeVector attributes) {

    private static final long[] IDENTITY = {CKA_CLASS, CKA_KEY_TYPE, CKA_ID, CKA_LABEL};
    private static final long[] PRIVATE = {
        CKA_SENSITIVE,
        CKA_EXTRACTABLE,
        CKA_ALWAYS_SENSITIVE,
        CKA_NEVER_EXTRACTABLE,
        CKA_LOCAL,
        CKA_MODIFIABLE,
        CKA_SIGN,
        CKA_DECRYPT,
        CKA_UNWRAP,
        CKA_DERIVE
    };
    private static final long[] SECRET = {
        CKA_SENSITIVE,
        CKA_EXTRACTABLE,
        CKA_ALWAYS_SENSITIVE,
        CKA_NEVER_EXTRACTABLE,
        CKA_LOCAL,
        CKA_MODIFIABLE,
        CKA_SIGN,
        CKA_VERIFY,
        CKA_ENCRYPT,
        CKA_DECRYPT,
        CKA_WRAP,
        CKA_UNWRAP,
        CKA_DERIVE,
        CKA_VALUE_LEN
    };
    private static final long[] PUBLIC = {CKA_LOCAL, CKA_MODIFIABLE, CKA_VERIFY, CKA_ENCRYPT, CKA_WRAP};
    private static final long[] RSA_NUMBERS = {CKA_MODULUS, CKA_PUBLIC_EXPONENT};
    private static final long[] EC_PRIVATE = {CKA_EC_PARAMS};
    private static final long[] EC_PUBLIC = {CKA_EC_PARAMS, CKA_EC_POINT};
    private static final long[] NONE = {};

    /** Reads an object; empty when it has no CKA_ID to name it by, or is of a type that is not known. */
    static Optional<KeyObject> read(Session session, long handle) throws TokenException {
        AttributeVector identity = session.getAttrValues(handle, IDENTITY);
        byte[] id = identity.id();
        Optional<KeyType> type = type(identity.keyType());
        if (id == null || id.length == 0 || id.length > KeyId.MAX_BYTES || type.isEmpty()) {
            return Optional.empty();
        }
        AttributeVector attributes = session.getAttrValues(handle, wanted(identity.class_(), type.get()));
        return Optional.of(
                new KeyObject(handle, identity.class_(), type.get(), KeyId.of(id), identity.label(), attributes));
    }

    boolean is(long keyClass) {
        return objectClass == keyClass;
    }

    /** Whether a boolean attribute is true; one that the token does not have is not. */
    boolean has(long attribute) {
        return Boolean.TRUE.equals(attributes.getBooleanAttrValue(attribute));
    }

    KeyAttributes keyAttributes() {
        return new KeyAttributes(
                has(CKA_SENSITIVE),
                has(CKA_EXTRACTABLE),
                has(CKA_ALWAYS_SENSITIVE),
                has(CKA_NEVER_EXTRACTABLE),
                has(CKA_LOCAL),
                has(CKA_MODIFIABLE));
    }

    private static Optional<KeyType> type(@Nullable Long keyType) {
        if (keyType == null) {
            return Optional.empty();
        }
        long code = keyType;
        if (code == CKK_RSA) {
            return Optional.of(KeyType.RSA);
        }
        if (code == CKK_EC) {
            return Optional.of(KeyType.EC);
        }
        if (code == CKK_EC_EDWARDS) {
            return Optional.of(KeyType.OKP);
        }
        if (code == CKK_AES) {
            return Optional.of(KeyType.AES);
        }
        return code == CKK_GENERIC_SECRET ? Optional.of(KeyType.HMAC) : Optional.empty();
    }

    private static long[] wanted(long objectClass, KeyType type) {
        if (objectClass == CKO_SECRET_KEY) {
            return SECRET;
        }
        boolean isPrivate = objectClass == CKO_PRIVATE_KEY;
        long[] numbers = switch (type) {
            case RSA -> RSA_NUMBERS;
            case EC, OKP -> isPrivate ? EC_PRIVATE : EC_PUBLIC;
            case AES, HMAC -> NONE;
        };
        return concat(isPrivate ? PRIVATE : PUBLIC, numbers);
    }

    private static long[] concat(long[] a, long[] b) {
        long[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
