package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Curve;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.xipki.pkcs11.wrapper.AttributeVector;

/** Makes public keys of the attributes that a token shows; empty when they are no key that the JDK knows. */
final class PublicKeys {

    private static final byte UNCOMPRESSED = 4;
    private static final byte OCTET_STRING = 4;

    private PublicKeys() {}

    static Optional<PublicKey> of(KeyObject object) {
        try {
            return switch (object.type()) {
                case RSA -> rsa(object.attributes());
                case EC -> ec(object.attributes());
                case OKP, AES, HMAC -> Optional.empty();
            };
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Optional<PublicKey> rsa(AttributeVector attributes) throws GeneralSecurityException {
        BigInteger modulus = attributes.modulus();
        BigInteger exponent = attributes.publicExponent();
        if (modulus == null || exponent == null) {
            return Optional.empty();
        }
        return Optional.of(KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)));
    }

    private static Optional<PublicKey> ec(AttributeVector attributes) throws GeneralSecurityException {
        byte[] parameters = attributes.ecParams();
        byte[] point = attributes.ecPoint();
        Optional<Curve> curve = parameters == null ? Optional.empty() : Curve.ofParameters(parameters);
        if (curve.isEmpty() || point == null) {
            return Optional.empty();
        }
        ECParameterSpec domain = parameters(curve.get());
        var spec = new ECPublicKeySpec(point(point, curve.get(), domain.getCurve()), domain);
        return Optional.of(KeyFactory.getInstance("EC").generatePublic(spec));
    }

    /** Reads an uncompressed point (SEC 1 section 2.3.3), bare or, as PKCS#11 has it, in a DER OCTET STRING. */
    private static ECPoint point(byte[] encoded, Curve curve, EllipticCurve equation) throws GeneralSecurityException {
        int field = curve.fieldBytes();
        int length = 1 + 2 * field;
        byte[] raw = encoded.length > length && encoded[0] == OCTET_STRING
                ? Arrays.copyOfRange(encoded, encoded.length - length, encoded.length)
                : encoded;
        if (raw.length != length || raw[0] != UNCOMPRESSED) {
            throw new GeneralSecurityException("not an uncompressed point of the curve");
        }
        var x = new BigInteger(1, Arrays.copyOfRange(raw, 1, 1 + field));
        var y = new BigInteger(1, Arrays.copyOfRange(raw, 1 + field, length));
        if (!isOnCurve(x, y, equation)) {
            throw new GeneralSecurityException("not a point of the curve");
        }
        return new ECPoint(x, y);
    }

    /** y² = x³ + ax + b; tokens store any point, and the JDK takes it. */
    private static boolean isOnCurve(BigInteger x, BigInteger y, EllipticCurve curve) {
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        BigInteger right =
                x.pow(2).add(curve.getA()).multiply(x).add(curve.getB()).mod(p);
        return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.pow(2).mod(p).equals(right);
    }

    private static ECParameterSpec parameters(Curve curve) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve.jcaName()));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }
}
