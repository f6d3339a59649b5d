package dev.slotgate.remote;

import static dev.slotgate.remote.Cryptoki.*;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.KeyBook;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.PublicKeyInfo;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Puts a key together whose parts are attributes (PKCS#11 2.40 sections 4.8 to 4.10). */
final class KeyParts {

    private static final long SHA256_HMAC = 0x2b;
    private static final long SHA384_HMAC = 0x2c;
    private static final long SHA512_HMAC = 0x2d;

    private KeyParts() {}

    /** @throws CallRefused TEMPLATE_INCOMPLETE, ATTRIBUTE_VALUE_INVALID */
    static PublicKey publicKey(Template template) {
        long type = template.number(KEY_TYPE);
        try {
            if (type == RSA) {
                return KeyFactory.getInstance("RSA")
                        .generatePublic(
                                new RSAPublicKeySpec(number(template, MODULUS), number(template, PUBLIC_EXPONENT)));
            }
            return PublicKeyInfo.ofPoint(curve(template, type), point(template.bytes(EC_POINT)));
        } catch (GeneralSecurityException e) {
            throw new CallRefused(ReturnCode.ATTRIBUTE_VALUE_INVALID);
        }
    }

    static KeyBook.Encoded encodedPublic(Template template) {
        return new KeyBook.Encoded(type(template), "spki", publicKey(template).getEncoded());
    }

    static KeyBook.Encoded encodedPrivate(Template template) {
        long type = template.number(KEY_TYPE);
        try {
            byte[] pkcs8 = type == RSA ? rsa(template) : onCurve(template, curve(template, type));
            return new KeyBook.Encoded(type(template), "pkcs8", pkcs8);
        } catch (GeneralSecurityException | IOException e) {
            throw new CallRefused(ReturnCode.ATTRIBUTE_VALUE_INVALID);
        }
    }

    static KeyBook.Encoded secret(Template template) {
        return new KeyBook.Encoded(type(template), "raw", template.bytes(VALUE).clone());
    }

    /** @throws CallRefused TEMPLATE_INCONSISTENT for a key that is no secret */
    static KeyType secretType(Template template) {
        KeyType type = type(template);
        if (type.keyClass() != KeyClass.SECRET) {
            throw new CallRefused(ReturnCode.TEMPLATE_INCONSISTENT);
        }
        return type;
    }

    private static byte[] rsa(Template template) throws GeneralSecurityException {
        var numbers = new RSAPrivateCrtKeySpec(
                number(template, MODULUS),
                number(template, PUBLIC_EXPONENT),
                number(template, PRIVATE_EXPONENT),
                number(template, PRIME_1),
                number(template, PRIME_2),
                number(template, EXPONENT_1),
                number(template, EXPONENT_2),
                number(template, COEFFICIENT));
        return KeyFactory.getInstance("RSA").generatePrivate(numbers).getEncoded();
    }

    private static byte[] onCurve(Template template, Curve curve) throws IOException {
        byte[] value = template.bytes(VALUE);
        ASN1Primitive parameters = ASN1Primitive.fromByteArray(curve.parameters());
        if (curve.keyType() == KeyType.OKP) {
            var algorithm = new AlgorithmIdentifier(ASN1ObjectIdentifier.getInstance(parameters));
            return new PrivateKeyInfo(algorithm, new DEROctetString(value)).getEncoded();
        }
        int bits = curve.fieldBytes() * Byte.SIZE;
        return new PrivateKeyInfo(
                        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, parameters),
                        new ECPrivateKey(bits, new BigInteger(1, value)))
                .getEncoded();
    }

    private static BigInteger number(Template template, long attribute) {
        return new BigInteger(1, template.bytes(attribute));
    }

    private static Curve curve(Template template, long type) {
        if (type != EC && type != EC_EDWARDS) {
            throw new CallRefused(ReturnCode.ATTRIBUTE_VALUE_INVALID);
        }
        return Curve.ofParameters(template.bytes(EC_PARAMS))
                .orElseThrow(() -> new CallRefused(ReturnCode.ATTRIBUTE_VALUE_INVALID));
    }

    /** In DER, as PKCS#11 has it, or as it is, as some clients send it. */
    private static byte[] point(byte[] sent) {
        try {
            return ASN1OctetString.getInstance(ASN1Primitive.fromByteArray(sent))
                    .getOctets();
        } catch (IOException | IllegalArgumentException e) {
            return sent;
        }
    }

    private static KeyType type(Template template) {
        long type = template.number(KEY_TYPE);
        if (type == RSA) {
            return KeyType.RSA;
        }
        if (type == EC) {
            return KeyType.EC;
        }
        if (type == EC_EDWARDS) {
            return KeyType.OKP;
        }
        if (type == AES) {
            return KeyType.AES;
        }
        if (type == GENERIC_SECRET || type == SHA256_HMAC || type == SHA384_HMAC || type == SHA512_HMAC) {
            return KeyType.HMAC;
        }
        throw new CallRefused(ReturnCode.ATTRIBUTE_VALUE_INVALID);
    }
}
