package dev.slotgate.key;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyMaterial;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.PublicKeyInfo;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/** Reads private keys as PrivateKeyInfo (RFC 5208, RFC 5958). */
final class Pkcs8Key {

    private static final String EXPECTED = "an unencrypted PKCS#8 key of RSA, EC or Ed25519";

    /** RFC 8410 section 3. */
    private static final ASN1ObjectIdentifier ED25519 = ASN1ObjectIdentifier.getInstance(Curve.ED25519.parameters());

    private Pkcs8Key() {}

    /** @throws HsmException INVALID_FIELD */
    static KeyMaterial read(byte[] encoded) {
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(encoded);
            ASN1ObjectIdentifier algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
            if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
                return rsa(RSAPrivateKey.getInstance(info.parsePrivateKey()));
            }
            if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
                return ec(info);
            }
            if (algorithm.equals(ED25519)) {
                byte[] seed =
                        ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets();
                return CurvePairs.checked(Curve.ED25519, seed, point(Curve.ED25519, info.getPublicKeyData()));
            }
            throw HsmException.invalidField("material", EXPECTED, "one of another kind");
        } catch (HsmException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // What the parser makes of bytes that are no key is not told by the type of its exception.
            throw HsmException.invalidField(
                    "material", EXPECTED, isEncrypted(encoded) ? "an encrypted one" : "another");
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static KeyMaterial rsa(RSAPrivateKey key) {
        return new RsaNumbers(
                        key.getModulus(),
                        key.getPublicExponent(),
                        key.getPrivateExponent(),
                        key.getPrime1(),
                        key.getPrime2(),
                        key.getExponent1(),
                        key.getExponent2(),
                        key.getCoefficient())
                .checked();
    }

    private static KeyMaterial ec(PrivateKeyInfo info) throws IOException {
        Curve curve = Optional.ofNullable(info.getPrivateKeyAlgorithm().getParameters())
                .flatMap(Pkcs8Key::curve)
                .filter(known -> known != Curve.ED25519)
                .orElseThrow(() -> HsmException.invalidField(
                        "material", "a key on a curve of " + Curve.names(KeyType.EC), "another curve"));
        ECPrivateKey key = ECPrivateKey.getInstance(info.parsePrivateKey());
        return CurvePairs.checked(curve, bytes(key.getKey(), curve), point(curve, key.getPublicKey()));
    }

    private static Optional<Curve> curve(ASN1Encodable parameters) {
        try {
            return Curve.ofParameters(parameters.toASN1Primitive().getEncoded());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(BigInteger number, Curve curve) {
        if (number.bitLength() > curve.fieldBytes() * Byte.SIZE) {
            throw CurvePairs.notOfTheCurve(curve);
        }
        return BigIntegers.asUnsignedByteArray(curve.fieldBytes(), number);
    }

    private static @Nullable PublicKey point(Curve curve, @Nullable ASN1BitString point) {
        try {
            return point == null ? null : PublicKeyInfo.ofPoint(curve, point.getOctets());
        } catch (GeneralSecurityException e) {
            throw CurvePairs.notOfTheCurve(curve);
        }
    }

    private static boolean isEncrypted(byte[] encoded) {
        try {
            return EncryptedPrivateKeyInfo.getInstance(encoded) != null;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
