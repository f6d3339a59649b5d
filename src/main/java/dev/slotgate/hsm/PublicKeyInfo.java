package dev.slotgate.hsm;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.EllipticCurve;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Public keys as SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7) in DER. The few bytes around a key are read and made here:
 * a library for them would be a tenth of a worker's memory.
 */
public final class PublicKeyInfo {

    private static final byte SEQUENCE = 0x30;
    private static final byte BIT_STRING = 3;
    private static final int LONG_FORM = 0x80;
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d010101");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private PublicKeyInfo() {}

    /** How long the modulus is, and so each signature and ciphertext of the key (RFC 8017 section 2). */
    public static int modulusBytes(RSAPublicKey key) {
        return (key.getModulus().bitLength() + 7) / 8;
    }

    /**
     * Reads a public key of RSA or on a curve that is on offer.
     *
     * @throws GeneralSecurityException when it is none, or its point is not on the curve
     */
    public static PublicKey decode(byte[] encoded) throws GeneralSecurityException {
        var spec = new X509EncodedKeySpec(encoded);
        if (names(encoded, RSA)) {
            return KeyFactory.getInstance("RSA").generatePublic(spec);
        }
        Curve curve = curve(encoded)
                .orElseThrow(() -> new InvalidKeyException("a public key of a kind that is not on offer"));
        return onCurve(curve, spec);
    }

    /**
     * Makes a public key of its point: uncompressed (SEC 1 section 2.3.3), or the 32 bytes of Ed25519.
     *
     * @throws GeneralSecurityException when it is none of the curve
     */
    public static PublicKey ofPoint(Curve curve, byte[] point) throws GeneralSecurityException {
        byte[] bits = tagged(BIT_STRING, concat(new byte[] {0}, point));
        return onCurve(
                curve, new X509EncodedKeySpec(tagged(SEQUENCE, concat(tagged(SEQUENCE, algorithm(curve)), bits))));
    }

    /** The curve of a key; empty for RSA, and for a curve that is not on offer. */
    public static Optional<Curve> curve(PublicKey key) {
        return curve(key.getEncoded());
    }

    /** The bare point of a key on a curve that is on offer: it ends the encoding. */
    public static byte[] point(PublicKey key) {
        byte[] encoded = key.getEncoded();
        int length = curve(encoded).orElseThrow().pointBytes();
        return Arrays.copyOfRange(encoded, encoded.length - length, encoded.length);
    }

    private static Optional<Curve> curve(byte[] encoded) {
        return Arrays.stream(Curve.values())
                .filter(curve -> names(encoded, algorithm(curve)))
                .findFirst();
    }

    /** The JDK has dropped secp256k1, and looks at no point. */
    private static PublicKey onCurve(Curve curve, X509EncodedKeySpec spec) throws GeneralSecurityException {
        return switch (curve) {
            case ED25519 -> KeyFactory.getInstance(curve.jcaName()).generatePublic(spec);
            case SECP256K1 -> BouncyKeys.decode(spec);
            case P_256, P_384, P_521 ->
                onItsCurve((ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec));
        };
    }

    /** y² = x³ + ax + b. */
    private static PublicKey onItsCurve(ECPublicKey key) throws InvalidKeyException {
        EllipticCurve curve = key.getParams().getCurve();
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = key.getW().getAffineX();
        BigInteger y = key.getW().getAffineY();
        BigInteger right =
                x.pow(2).add(curve.getA()).multiply(x).add(curve.getB()).mod(p);
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0 || !y.pow(2).mod(p).equals(right)) {
            throw new InvalidKeyException("not a point of the curve");
        }
        return key;
    }

    /** The content of the AlgorithmIdentifier. */
    private static byte[] algorithm(Curve curve) {
        return curve.keyType() == KeyType.EC ? concat(EC, curve.parameters()) : curve.parameters();
    }

    /** Whether the AlgorithmIdentifier, the first thing in the outer SEQUENCE, begins so. */
    private static boolean names(byte[] encoded, byte[] algorithm) {
        int start = content(encoded, content(encoded, 0));
        int end = start + algorithm.length;
        return end <= encoded.length && Arrays.equals(encoded, start, end, algorithm, 0, algorithm.length);
    }

    /** Where the content of the DER value begins, or the end. */
    private static int content(byte[] der, int start) {
        if (start + 1 >= der.length) {
            return der.length;
        }
        int length = der[start + 1] & 0xff;
        return Math.min(der.length, start + 2 + (length < LONG_FORM ? 0 : length - LONG_FORM));
    }

    /** A DER value of at most 255 bytes. */
    private static byte[] tagged(byte tag, byte[] content) {
        byte[] header = content.length < LONG_FORM
                ? new byte[] {tag, (byte) content.length}
                : new byte[] {tag, (byte) (LONG_FORM + 1), (byte) content.length};
        return concat(header, content);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    /** Bouncy Castle, which looks at points itself, without being installed for everybody; it is loaded when it is needed. */
    private static final class BouncyKeys {

        private static final Provider PROVIDER = new BouncyCastleProvider();

        static PublicKey decode(X509EncodedKeySpec spec) throws GeneralSecurityException {
            return KeyFactory.getInstance("EC", PROVIDER).generatePublic(spec);
        }
    }
}
