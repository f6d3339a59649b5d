package dev.slotgate.key;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyMaterial;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.PublicKeyInfo;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.stream.Collectors;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Checks public keys that come from outside: what is not made here is not taken either. */
final class PublicHalves {

    private static final BigInteger F4 = BigInteger.valueOf(65537);

    private PublicHalves() {}

    /** @throws HsmException INVALID_FIELD */
    static KeyMaterial.PublicHalf checked(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            checkRsa(rsa);
            return new KeyMaterial.PublicHalf(KeyType.RSA, key);
        }
        Curve curve = PublicKeyInfo.curve(key)
                .orElseThrow(() -> HsmException.invalidField("material", "a key on a curve on offer", "another"));
        if (curve == Curve.ED25519 && !Ed25519.validatePublicKeyFull(PublicKeyInfo.point(key), 0)) {
            throw CurvePairs.notOfTheCurve(curve);
        }
        return new KeyMaterial.PublicHalf(curve.keyType(), key);
    }

    private static void checkRsa(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        if (!KeySpec.Rsa.SIZES.contains(bits)) {
            throw HsmException.invalidField(
                    "material",
                    KeySpec.Rsa.SIZES.stream()
                            .sorted()
                            .map(String::valueOf)
                            .collect(Collectors.joining(", ", "an RSA key of one of ", " bits")),
                    bits + " bits");
        }
        if (!key.getPublicExponent().equals(F4)) {
            throw HsmException.invalidField(
                    "material", "an RSA key with the public exponent 65537", "another exponent");
        }
        if (!key.getModulus().testBit(0)) {
            throw HsmException.invalidField("material", "an RSA key", "an even modulus");
        }
    }
}
