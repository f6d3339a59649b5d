package dev.slotgate.security;

import static dev.slotgate.security.HostileKind.bytes;
import static dev.slotgate.security.HostileKind.parts;
import static dev.slotgate.security.HostileKind.pick;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.util.Base64URL;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tokens that are not three parts in base64url, or not signed ones at all. */
final class HostileShapes {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private HostileShapes() {}

    static Map<String, HostileKind> kinds() {
        var kinds = new LinkedHashMap<String, HostileKind>();
        pieces(kinds);
        letters(kinds);
        wholes(kinds);
        return kinds;
    }

    private static void pieces(Map<String, HostileKind> kinds) {
        kinds.put("cut off", (good, shop, _) -> {
            String token = shop.sign(good);
            return token.substring(0, 1 + shop.random().nextInt(token.length() - 1));
        });
        kinds.put("two tokens crossed", (good, shop, v) -> {
            List<String> one = parts(shop.sign(good));
            List<String> other = parts(shop.sign(good.claim("jti", "other" + v)));
            return one.get(0) + "." + other.get(1) + "." + one.get(2);
        });
        kinds.put("parts too many or too few", (good, shop, v) -> {
            String token = shop.sign(good);
            return pick(
                    v,
                    token + ".",
                    token + ".x",
                    "." + token,
                    token.replace(".", ".."),
                    "..",
                    ".",
                    token + "." + token,
                    token.replace(".", ""));
        });
    }

    private static void letters(Map<String, HostileKind> kinds) {
        kinds.put("letters that are not base64url", (good, shop, v) -> {
            String token = shop.sign(good);
            return token.substring(0, token.length() - 4)
                    + pick(v, "=", "+", "/", "*", "%", "\u00e9", "~", "\u00ad")
                    + token.substring(token.length() - 4);
        });
        kinds.put("padding", (good, shop, v) -> {
            List<String> parts = parts(shop.sign(good));
            return pick(
                    v,
                    parts.get(0) + "=." + parts.get(1) + "." + parts.get(2),
                    parts.get(0) + "." + parts.get(1) + "=." + parts.get(2),
                    String.join(".", parts) + "=",
                    String.join(".", parts) + "==");
        });
        kinds.put("blanks", (good, shop, v) -> {
            String token = shop.sign(good);
            int at = 1 + shop.random().nextInt(token.length() - 2);
            return pick(
                    v,
                    " " + token,
                    token.substring(0, at) + " " + token.substring(at),
                    token.replace(".", " . "),
                    token.substring(0, at) + "\t" + token.substring(at));
        });
        kinds.put("stray bits after the signature", (good, shop, _) -> {
            String token = shop.sign(good);
            int last = LETTERS.indexOf(token.charAt(token.length() - 1));
            return token.substring(0, token.length() - 1) + LETTERS.charAt(last ^ 1);
        });
    }

    private static void wholes(Map<String, HostileKind> kinds) {
        kinds.put(
                "encrypted",
                (good, shop, v) -> encrypted(shop, v % 2 == 0 ? shop.sign(good) : HostileKind.json(good.claims())));
        kinds.put(
                "a token in a token",
                (good, shop, v) -> shop.sign(
                        good.header("cty", "JWT"),
                        HostileKind.json(good.header("cty", "JWT").header()),
                        v % 2 == 0 ? shop.sign(good) : "\"" + shop.sign(good) + "\""));
        kinds.put("JSON serialisation", (good, shop, v) -> {
            List<String> parts = parts(shop.sign(good));
            String json = HostileKind.json(
                    Map.of("protected", parts.get(0), "payload", parts.get(1), "signature", parts.get(2)));
            return v % 2 == 0 ? json : Base64URL.encode(json).toString();
        });
        kinds.put(
                "too long",
                (good, shop, v) -> shop.sign(good.claim(
                        "padding", "x".repeat(pick(v, 6200, 7000, 8000, 10_000, 15_000, 20_000, 22_000, 25_000)))));
    }

    private static String encrypted(HostileKind.Workshop shop, String content) throws Exception {
        var header = new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM)
                .keyID("RSA")
                .build();
        var jwe = new JWEObject(header, new Payload(bytes(content)));
        jwe.encrypt(new RSAEncrypter(shop.issuer().key("RS256").toRSAKey()));
        return jwe.serialize();
    }
}
