package dev.slotgate.security;

import static dev.slotgate.security.HostileKind.bytes;
import static dev.slotgate.security.HostileKind.parts;
import static dev.slotgate.security.HostileKind.pick;

import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;

/** Tokens whose signature is not what the issuer signed. */
final class HostileSignatures {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /** The order of P-256 (FIPS 186-4). */
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private HostileSignatures() {}

    static Map<String, HostileKind> kinds() {
        var kinds = new LinkedHashMap<String, HostileKind>();
        signatures(kinds);
        encodings(kinds);
        return kinds;
    }

    private static void signatures(Map<String, HostileKind> kinds) {
        kinds.put("signed by a stranger", (good, shop, _) -> good.signedBy(shop.stranger()));
        kinds.put("no signature", (good, shop, v) -> signed(good, shop, new byte[v % 2]));
        kinds.put(
                "a signature by chance",
                (good, shop, v) -> signed(good, shop, shop.random(pick(v, 64, 256, 96, 1, 63, 65, 128, 512))));
        kinds.put("a signature of all the same bytes", (good, shop, v) -> {
            byte[] same = new byte[pick(v, 64, 96, 256, 64)];
            Arrays.fill(same, (byte) (v == 3 ? 255 : v % 2));
            return signed(good, shop, same);
        });
        kinds.put("ECDSA with r or s that is none", (good, shop, v) -> {
            TokenDraft es256 = TokenDraft.good("ES256", shop.issuer().url(), Instant.now());
            BigInteger r = pick(
                    v,
                    BigInteger.ZERO,
                    BigInteger.ZERO,
                    BigInteger.ONE,
                    ORDER,
                    ORDER,
                    ORDER.add(BigInteger.ONE),
                    BigInteger.ONE,
                    ORDER.subtract(BigInteger.ONE));
            BigInteger s = pick(
                    v,
                    BigInteger.ZERO,
                    BigInteger.ONE,
                    BigInteger.ZERO,
                    ORDER,
                    BigInteger.ONE,
                    BigInteger.ONE,
                    ORDER,
                    ORDER);
            return signed(es256, shop, raw(r, s));
        });
    }

    private static void encodings(Map<String, HostileKind> kinds) {
        kinds.put("ECDSA in DER", (good, shop, _) -> {
            TokenDraft es256 = TokenDraft.good("ES256", shop.issuer().url(), Instant.now());
            return signed(es256, shop, der(signature(shop.sign(es256))));
        });
        kinds.put("ECDSA with bytes before or after", (good, shop, v) -> {
            TokenDraft es256 = TokenDraft.good("ES256", shop.issuer().url(), Instant.now());
            byte[] signature = signature(shop.sign(es256));
            byte[] longer = new byte[66];
            System.arraycopy(signature, 0, longer, v % 3, 64);
            return parts(shop.sign(es256)).get(0) + "."
                    + parts(shop.sign(es256)).get(1) + "." + Base64URL.encode(longer);
        });
        for (int part = 0; part < 3; part++) {
            int which = part;
            kinds.put(
                    "a letter of part " + (part + 1) + " is another",
                    (good, shop, _) -> flipped(shop.sign(good), which, shop));
        }
    }

    private static String signed(TokenDraft draft, HostileKind.Workshop shop, byte[] signature) {
        List<String> parts = parts(shop.sign(draft));
        return parts.get(0) + "." + parts.get(1) + "." + Base64URL.encode(signature);
    }

    private static byte[] signature(String token) {
        return new Base64URL(parts(token).get(2)).decode();
    }

    private static byte[] raw(BigInteger r, BigInteger s) {
        byte[] raw = new byte[64];
        copy(r, raw, 32);
        copy(s, raw, 64);
        return raw;
    }

    private static void copy(BigInteger number, byte[] into, int end) {
        byte[] bytes = number.toByteArray();
        int length = Math.min(bytes.length, 32);
        System.arraycopy(bytes, bytes.length - length, into, end - length, length);
    }

    private static byte[] der(byte[] raw) throws IOException {
        return new DERSequence(new ASN1Integer[] {
                    new ASN1Integer(new BigInteger(1, Arrays.copyOf(raw, 32))),
                    new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 32, 64)))
                })
                .getEncoded();
    }

    private static String flipped(String token, int part, HostileKind.Workshop shop) {
        var parts = new ArrayList<>(parts(token));
        var letters = new StringBuilder(parts.get(part));
        int at = shop.random().nextInt(letters.length());
        letters.setCharAt(
                at,
                LETTERS.charAt(LETTERS.indexOf(letters.charAt(at))
                        ^ (1 << shop.random().nextInt(6))));
        parts.set(part, letters.toString());
        return String.join(".", parts);
    }
}
