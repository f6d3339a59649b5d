package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.KeyAttributes;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/**
 * One key object of a token, half of a pair or a secret key, with the attributes that the gateway looks at.
 *
 * @param handle for immediate use, or for the cache: it dies at the next login
 * @param ckaId null for an object without a CKA_ID
 */
record KeyObject(
        long handle,
        long objectClass,
        KeyType type,
        @Nullable KeyId ckaId,
        @Nullable String label,
        AttributeVector attributes) {

    /** Reads an object of any kind; empty for one that is no key, or of a type that is not known. */
    static Optional<KeyObject> read(Session session, long handle) throws TokenException {
        Long objectClass = number(session, handle, CKA_CLASS);
        if (objectClass == null || !isKey(objectClass)) {
            return Optional.empty();
        }
        Optional<KeyType> type = KeyTypes.of(number(session, handle, CKA_KEY_TYPE));
        return type.isPresent() ? read(session, ObjectKind.of(objectClass, type.get()), handle) : Optional.empty();
    }

    /**
     * Reads an object of a kind that is known, in one call; empty for one whose CKA_ID is too long to name it by, and for what
     * a program that died while it made a key left behind: without a CKA_ID, and without a key.
     */
    static Optional<KeyObject> read(Session session, ObjectKind kind, long handle) throws TokenException {
        AttributeVector attributes = attributes(session, kind, handle);
        byte[] ckaId = attributes.id();
        boolean isNameless = ckaId == null || ckaId.length == 0;
        boolean isNamedTooLong = ckaId != null && ckaId.length > KeyId.MAX_BYTES;
        if (isNamedTooLong || (isNameless && !holdsAKey(attributes))) {
            return Optional.empty();
        }
        return KeyTypes.of(attributes.keyType())
                .map(type ->
                        new KeyObject(handle, kind.objectClass(), type, id(ckaId), attributes.label(), attributes));
    }

    /** That an object lacks what nearly every object has is believed when the token says so twice. */
    private static AttributeVector attributes(Session session, ObjectKind kind, long handle) throws TokenException {
        AttributeVector attributes = session.getAttrValues(handle, kind.attributes());
        return kind.isWhole(attributes) ? attributes : session.getAttrValues(handle, kind.attributes());
    }

    private static @Nullable Long number(Session session, long handle, long attribute) throws TokenException {
        Long told = session.getAttrValues(handle, attribute).getLongAttrValue(attribute);
        return told == null ? session.getAttrValues(handle, attribute).getLongAttrValue(attribute) : told;
    }

    private static boolean holdsAKey(AttributeVector attributes) {
        byte[] curve = attributes.ecParams();
        Integer length = attributes.getIntAttrValue(CKA_VALUE_LEN);
        return attributes.modulus() != null || (curve != null && curve.length > 0) || (length != null && length > 0);
    }

    private static boolean isKey(long objectClass) {
        return objectClass == CKO_PRIVATE_KEY || objectClass == CKO_SECRET_KEY || objectClass == CKO_PUBLIC_KEY;
    }

    private static @Nullable KeyId id(byte @Nullable [] id) {
        return id == null || id.length == 0 ? null : KeyId.of(id);
    }

    /** Its CKA_ID; for an object without one, what it is named by instead. */
    KeyId id() {
        return ckaId == null ? DerivedId.of(this) : ckaId;
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
}
