package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Curve;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** CKA_EC_POINT: a point in a DER OCTET STRING (PKCS#11 2.40 mechanisms section 2.3.3); some tokens show it bare. */
final class EncodedPoint {

    private static final byte OCTET_STRING = 4;
    private static final int LONG_FORM = 0x80;

    private EncodedPoint() {}

    static byte[] encode(byte[] point) {
        int header = point.length < LONG_FORM ? 2 : 3;
        byte[] der = new byte[header + point.length];
        der[0] = OCTET_STRING;
        der[1] = (byte) (LONG_FORM + 1);
        der[header - 1] = (byte) point.length;
        System.arraycopy(point, 0, der, header, point.length);
        return der;
    }

    static byte[] decode(byte[] encoded, Curve curve) throws GeneralSecurityException {
        int length = curve.pointBytes();
        byte[] point = encoded.length > length && encoded[0] == OCTET_STRING
                ? Arrays.copyOfRange(encoded, encoded.length - length, encoded.length)
                : encoded;
        if (point.length != length) {
            throw new GeneralSecurityException("not the length of an uncompressed point of the curve");
        }
        return point;
    }
}
