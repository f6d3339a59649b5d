package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyMaterial;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.KeyType;

/** Checks secret keys that come from outside. */
final class SecretKeys {

    private SecretKeys() {}

    /** @throws HsmException INVALID_FIELD */
    static KeyMaterial checked(byte[] value, KeyType type) {
        int bits = value.length * Byte.SIZE;
        switch (type) {
            case AES -> check(KeySpec.Aes.SIZES.contains(bits), "16, 24 or 32 bytes for AES", value.length + " bytes");
            case HMAC ->
                check(
                        KeySpec.Hmac.isSize(bits),
                        KeySpec.Hmac.MIN_BITS / Byte.SIZE + " to " + KeySpec.Hmac.MAX_BITS / Byte.SIZE
                                + " bytes for HMAC",
                        value.length + " bytes");
            case RSA, EC, OKP ->
                throw HsmException.invalidField("type", "AES or HMAC for the bytes of a secret", type.name());
        }
        int all = 0;
        for (byte b : value) {
            all |= b;
        }
        check(all != 0, "a secret", "bytes that are all zero");
        return new KeyMaterial.Secret(type, value);
    }

    private static void check(boolean met, String expected, String came) {
        if (!met) {
            throw HsmException.invalidField("material", expected, came);
        }
    }
}
