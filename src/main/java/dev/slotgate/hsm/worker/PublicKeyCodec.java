package dev.slotgate.hsm.worker;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Public keys as their SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7). */
final class PublicKeyCodec implements Codec<PublicKey> {

    private static final List<Family> FAMILIES = List.of(
            new Family("RSA", "06092a864886f70d010101"),
            new Family("EC", "06072a8648ce3d0201"),
            new Family("Ed25519", "06032b6570"),
            new Family("Ed448", "06032b6571"));

    @Override
    public void write(PublicKey key, WireWriter to) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new WireException("expected a public key that can be encoded");
        }
        to.putBytes(encoded);
    }

    @Override
    public PublicKey read(WireReader from) {
        byte[] encoded = from.takeBytes();
        try {
            return KeyFactory.getInstance(family(encoded).algorithm()).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new WireException("expected a public key as SubjectPublicKeyInfo");
        }
    }

    /** Found by the OID, which is the first thing in the second SEQUENCE. */
    private static Family family(byte[] encoded) {
        int oid = content(encoded, content(encoded, 0));
        return FAMILIES.stream()
                .filter(family -> family.isAt(encoded, oid))
                .findFirst()
                .orElseThrow(() -> new WireException("expected a public key of RSA, EC, Ed25519 or Ed448"));
    }

    /** Where the content of the DER value begins, or the end. */
    private static int content(byte[] der, int start) {
        if (start + 1 >= der.length) {
            return der.length;
        }
        int length = der[start + 1] & 0xff;
        return Math.min(der.length, start + 2 + (length < 0x80 ? 0 : length & 0x7f));
    }

    private record Family(String algorithm, String oidDer) {

        boolean isAt(byte[] der, int start) {
            byte[] oid = HexFormat.of().parseHex(oidDer);
            int end = start + oid.length;
            return end <= der.length && Arrays.equals(der, start, end, oid, 0, oid.length);
        }
    }
}
