package dev.slotgate.key;

import static java.math.BigInteger.ONE;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyMaterial;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import org.bouncycastle.util.BigIntegers;

/** The numbers of an RSA private key (RFC 8017 section 3.2): tokens take any, and sign wrongly with those that do not fit. */
record RsaNumbers(
        BigInteger modulus,
        BigInteger publicExponent,
        BigInteger privateExponent,
        BigInteger prime1,
        BigInteger prime2,
        BigInteger exponent1,
        BigInteger exponent2,
        BigInteger coefficient) {

    private static final int CERTAINTY = 100;

    /** @throws HsmException INVALID_FIELD when they are no key, or one that is not used here */
    KeyMaterial checked() {
        PublicKey publicKey = PublicHalves.checked(publicKey()).publicKey();
        if (!areConsistent()) {
            throw HsmException.invalidField("material", "RSA numbers that fit one another", "some that do not");
        }
        return new KeyMaterial.RsaPair(
                publicKey,
                BigIntegers.asUnsignedByteArray(privateExponent),
                BigIntegers.asUnsignedByteArray(prime1),
                BigIntegers.asUnsignedByteArray(prime2),
                BigIntegers.asUnsignedByteArray(exponent1),
                BigIntegers.asUnsignedByteArray(exponent2),
                BigIntegers.asUnsignedByteArray(coefficient));
    }

    private boolean areConsistent() {
        return prime1.compareTo(ONE) > 0
                && prime2.compareTo(ONE) > 0
                && !prime1.equals(prime2)
                && prime1.multiply(prime2).equals(modulus)
                && privateExponent.signum() > 0
                && privateExponent.compareTo(modulus) < 0
                && exponent1.equals(privateExponent.mod(prime1.subtract(ONE)))
                && exponent2.equals(privateExponent.mod(prime2.subtract(ONE)))
                && coefficient.signum() > 0
                && coefficient.compareTo(prime1) < 0
                && coefficient.multiply(prime2).mod(prime1).equals(ONE)
                && publicExponent.multiply(exponent1).mod(prime1.subtract(ONE)).equals(ONE)
                && publicExponent.multiply(exponent2).mod(prime2.subtract(ONE)).equals(ONE)
                && prime1.isProbablePrime(CERTAINTY)
                && prime2.isProbablePrime(CERTAINTY);
    }

    private PublicKey publicKey() {
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, publicExponent));
        } catch (GeneralSecurityException e) {
            throw HsmException.invalidField("material", "an RSA key", "numbers that are none");
        }
    }
}
