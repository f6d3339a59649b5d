package dev.slotgate.hsm;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.util.BigIntegers;

/** Turns ECDSA signatures from r‖s into DER and back. */
public final class EcdsaEncoding {

    private EcdsaEncoding() {}

    public static byte[] toDer(byte[] raw) {
        int half = raw.length / 2;
        var r = new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 0, half)));
        var s = new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, half, raw.length)));
        try {
            return new DERSequence(r, s).getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("two integers can always be encoded", e);
        }
    }

    /** Empty for anything but the one DER encoding of two integers that fit the field. */
    public static Optional<byte[]> toRaw(byte[] der, int fieldBytes) {
        try {
            if (!(ASN1Primitive.fromByteArray(der) instanceof ASN1Sequence sequence)
                    || sequence.size() != 2
                    || !Arrays.equals(sequence.getEncoded(ASN1Encoding.DER), der)) {
                return Optional.empty();
            }
            byte[] r = coordinate(sequence, 0, fieldBytes);
            byte[] s = coordinate(sequence, 1, fieldBytes);
            byte[] raw = Arrays.copyOf(r, 2 * fieldBytes);
            System.arraycopy(s, 0, raw, fieldBytes, fieldBytes);
            return Optional.of(raw);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] coordinate(ASN1Sequence sequence, int index, int fieldBytes) {
        BigInteger value = ASN1Integer.getInstance(sequence.getObjectAt(index)).getValue();
        if (value.signum() < 0) {
            throw new IllegalArgumentException("negative");
        }
        return BigIntegers.asUnsignedByteArray(fieldBytes, value);
    }
}
