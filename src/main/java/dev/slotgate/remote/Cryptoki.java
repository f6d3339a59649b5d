package dev.slotgate.remote;

import java.util.Set;

/** The numbers of PKCS#11 2.40 that are spoken of here, by their names without the prefixes. */
final class Cryptoki {

    // CKO_
    static final long DATA = 0x0;
    static final long CERTIFICATE = 0x1;
    static final long PUBLIC_KEY = 0x2;
    static final long PRIVATE_KEY = 0x3;
    static final long SECRET_KEY = 0x4;

    // CKK_
    static final long RSA = 0x0;
    static final long EC = 0x3;
    static final long GENERIC_SECRET = 0x10;
    static final long AES = 0x1f;
    static final long EC_EDWARDS = 0x40;

    // CKA_
    static final long CLASS = 0x0;
    static final long TOKEN = 0x1;
    static final long PRIVATE = 0x2;
    static final long LABEL = 0x3;
    static final long VALUE = 0x11;
    static final long CERTIFICATE_TYPE = 0x80;
    static final long ISSUER = 0x81;
    static final long SERIAL_NUMBER = 0x82;
    static final long TRUSTED = 0x86;
    static final long CERTIFICATE_CATEGORY = 0x87;
    static final long KEY_TYPE = 0x100;
    static final long SUBJECT = 0x101;
    static final long ID = 0x102;
    static final long SENSITIVE = 0x103;
    static final long ENCRYPT = 0x104;
    static final long DECRYPT = 0x105;
    static final long WRAP = 0x106;
    static final long UNWRAP = 0x107;
    static final long SIGN = 0x108;
    static final long SIGN_RECOVER = 0x109;
    static final long VERIFY = 0x10a;
    static final long VERIFY_RECOVER = 0x10b;
    static final long DERIVE = 0x10c;
    static final long START_DATE = 0x110;
    static final long END_DATE = 0x111;
    static final long MODULUS = 0x120;
    static final long MODULUS_BITS = 0x121;
    static final long PUBLIC_EXPONENT = 0x122;
    static final long PRIVATE_EXPONENT = 0x123;
    static final long PRIME_1 = 0x124;
    static final long PRIME_2 = 0x125;
    static final long EXPONENT_1 = 0x126;
    static final long EXPONENT_2 = 0x127;
    static final long COEFFICIENT = 0x128;
    static final long VALUE_LEN = 0x161;
    static final long EXTRACTABLE = 0x162;
    static final long LOCAL = 0x163;
    static final long NEVER_EXTRACTABLE = 0x164;
    static final long ALWAYS_SENSITIVE = 0x165;
    static final long KEY_GEN_MECHANISM = 0x166;
    static final long MODIFIABLE = 0x170;
    static final long EC_PARAMS = 0x180;
    static final long EC_POINT = 0x181;
    static final long ALWAYS_AUTHENTICATE = 0x202;
    static final long WRAP_WITH_TRUSTED = 0x210;

    static final Set<Long> SECRET_ATTRIBUTES =
            Set.of(VALUE, PRIVATE_EXPONENT, PRIME_1, PRIME_2, EXPONENT_1, EXPONENT_2, COEFFICIENT);

    // CKF_
    static final long RW_SESSION = 0x2;
    static final long SERIAL_SESSION = 0x4;

    // CKU_
    static final long SO = 0;
    static final long USER = 1;

    /** CK_UNAVAILABLE_INFORMATION. */
    static final long UNAVAILABLE = -1L;

    private Cryptoki() {}
}
