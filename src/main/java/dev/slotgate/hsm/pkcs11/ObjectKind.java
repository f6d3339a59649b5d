package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.KeyType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.attrs.Attribute;

/**
 * A kind of key object, whose objects all have the same attributes: they are read in one call each, since a token that is
 * asked for one that an object does not have has to be asked again.
 *
 * @param type null for secret keys, which differ in nothing that is read
 */
record ObjectKind(long objectClass, @Nullable KeyType type) {

    static final List<ObjectKind> ALL = List.of(
            new ObjectKind(CKO_PRIVATE_KEY, KeyType.RSA),
            new ObjectKind(CKO_PRIVATE_KEY, KeyType.EC),
            new ObjectKind(CKO_PRIVATE_KEY, KeyType.OKP),
            new ObjectKind(CKO_SECRET_KEY, null),
            new ObjectKind(CKO_PUBLIC_KEY, KeyType.RSA),
            new ObjectKind(CKO_PUBLIC_KEY, KeyType.EC),
            new ObjectKind(CKO_PUBLIC_KEY, KeyType.OKP));

    private static final long[] IDENTITY = {CKA_CLASS, CKA_KEY_TYPE, CKA_ID, CKA_LABEL, CKA_LOCAL, CKA_MODIFIABLE};
    private static final long[] HIDDEN = {
        CKA_SENSITIVE,
        CKA_EXTRACTABLE,
        CKA_ALWAYS_SENSITIVE,
        CKA_NEVER_EXTRACTABLE,
        CKA_SIGN,
        CKA_DECRYPT,
        CKA_UNWRAP,
        CKA_DERIVE
    };
    private static final long[] SECRET = {CKA_VERIFY, CKA_ENCRYPT, CKA_WRAP, CKA_VALUE_LEN};
    private static final long[] PUBLIC = {CKA_VERIFY, CKA_ENCRYPT, CKA_WRAP};
    private static final long[] RSA = {CKA_MODULUS, CKA_PUBLIC_EXPONENT};
    private static final long[] CURVE = {CKA_EC_PARAMS};
    private static final long[] CURVE_POINT = {CKA_EC_PARAMS, CKA_EC_POINT};
    private static final long[] NONE = {};

    static ObjectKind of(long objectClass, KeyType type) {
        return new ObjectKind(objectClass, objectClass == CKO_SECRET_KEY ? null : type);
    }

    /** What finds the objects of the kind. */
    AttributeVector template() {
        var template = new AttributeVector().class_(objectClass);
        return type == null ? template : template.keyType(KeyTypes.code(type));
    }

    /** The attributes that are read. */
    long[] attributes() {
        if (objectClass == CKO_SECRET_KEY) {
            return concat(IDENTITY, HIDDEN, SECRET);
        }
        boolean isPrivate = objectClass == CKO_PRIVATE_KEY;
        long[] numbers = switch (type) {
            case RSA -> RSA;
            case EC, OKP -> isPrivate ? CURVE : CURVE_POINT;
            case AES, HMAC -> NONE;
            case null -> NONE;
        };
        return concat(IDENTITY, isPrivate ? HIDDEN : PUBLIC, numbers);
    }

    /** Whether all is there that nearly every object of the kind has. */
    boolean isWhole(AttributeVector read) {
        return LongStream.of(attributes()).filter(a -> a != CKA_VALUE_LEN).allMatch(attribute -> {
            Attribute told = read.getAttribute(attribute);
            return told != null && told.getValue() != null;
        });
    }

    private static long[] concat(long[]... parts) {
        return Arrays.stream(parts).flatMapToLong(LongStream::of).toArray();
    }
}
