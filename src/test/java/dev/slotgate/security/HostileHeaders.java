package dev.slotgate.security;

import static dev.slotgate.security.HostileKind.encode;
import static dev.slotgate.security.HostileKind.json;
import static dev.slotgate.security.HostileKind.parts;
import static dev.slotgate.security.HostileKind.pick;

import com.nimbusds.jose.util.Base64URL;
import dev.slotgate.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens whose header tries to have them verified in another way than the gateway's. */
final class HostileHeaders {

    private HostileHeaders() {}

    static Map<String, HostileKind> kinds() {
        var kinds = new LinkedHashMap<String, HostileKind>();
        algorithms(kinds);
        names(kinds);
        forms(kinds);
        keysThatComeAlong(kinds);
        return kinds;
    }

    private static void algorithms(Map<String, HostileKind> kinds) {
        kinds.put("alg none, unsigned", (good, _, v) -> {
            String alg = pick(v, "none", "None", "NONE", "nOnE", "", "none ", "null", "NoNe");
            return encode(good.header("alg", alg).header()) + "." + encode(good.claims()) + ".";
        });
        kinds.put("alg none, with the signature of something", (good, shop, v) -> {
            String alg = pick(v, "none", "None", "NONE", "nOnE", "", "none ", "null", "NoNe");
            return shop.sign(good.header("alg", alg));
        });
        kinds.put("a MAC with the public key as its secret", HostileHeaders::mac);
        kinds.put("alg is written otherwise", (good, shop, v) -> {
            String alg = good.algorithm();
            return shop.sign(good.header(
                    "alg",
                    pick(
                            v,
                            alg + " ",
                            " " + alg,
                            alg.toLowerCase(Locale.ROOT),
                            alg + "\u0000",
                            List.of(alg),
                            1,
                            true,
                            Map.of("alg", alg))));
        });
        kinds.put("no alg", (good, shop, _) -> {
            good.header().remove("alg");
            return shop.sign(good);
        });
        kinds.put("another alg than it was signed with", (good, shop, v) -> {
            List<String> others = TestIssuer.ALGORITHMS.stream()
                    .filter(other -> !other.equals(good.algorithm()))
                    .toList();
            return shop.sign(good.header("alg", others.get(v % others.size())));
        });
        kinds.put("an alg that is not on the list", (good, shop, v) -> {
            String alg = pick(v, "RS384", "RS512", "PS384", "PS512");
            return shop.sign(TokenDraft.good(alg, shop.issuer().url(), Instant.now()));
        });
    }

    private static void names(Map<String, HostileKind> kinds) {
        kinds.put(
                "a kid that nobody has",
                header("kid", "rsa", "RSA ", "", "../RSA", "RSA'--", "P-521", "0", "/dev/null"));
        kinds.put("the kid of another key", (good, shop, v) -> {
            List<String> others = List.of("RSA", "P-256", "P-384", "Ed25519").stream()
                    .filter(other -> !other.equals(TestIssuer.keyId(good.algorithm())))
                    .toList();
            return shop.sign(good.header("kid", others.get(v % others.size())));
        });
        kinds.put(
                "a kid of a wrong type",
                header("kid", 1, true, List.of("RSA"), Map.of("RSA", 1), 1.5, List.of(), Map.of(), 0));
        kinds.put(
                "the typ of something else",
                header("typ", "id+jwt", "logout+jwt", "dpop+jwt", "JWS", "JOSE", "", "at+jwt ", "secevent+jwt"));
        kinds.put(
                "a typ of a wrong type",
                header("typ", 1, true, List.of("JWT"), Map.of("JWT", 1), 1.5, List.of(), Map.of(), 0));
    }

    private static void forms(Map<String, HostileKind> kinds) {
        kinds.put(
                "crit",
                header(
                        "crit",
                        List.of("exp"),
                        List.of("b64"),
                        List.of(),
                        List.of("alg"),
                        "exp",
                        List.of("x", "y"),
                        1,
                        Map.of()));
        kinds.put("b64", header("b64", false, true, "false", 0, List.of(), Map.of(), 1, "x"));
        kinds.put("a header twice", (good, shop, v) -> {
            String name = pick(v, "alg", "kid", "typ");
            String header = json(good.header());
            String again = json(name) + ":" + json(v % 2 == 0 ? good.header().get(name) : "none");
            return shop.sign(good, "{" + again + "," + header.substring(1), json(good.claims()));
        });
        kinds.put("a header that is no JSON object", (good, shop, v) -> {
            String header = json(good.header());
            return shop.sign(
                    good,
                    pick(
                            v,
                            "[" + header + "]",
                            json(header),
                            header + "x",
                            header.substring(1),
                            "null",
                            "1",
                            "",
                            header.replace('"', '\'')),
                    json(good.claims()));
        });
    }

    private static void keysThatComeAlong(Map<String, HostileKind> kinds) {
        for (String brought : List.of("jwk", "jku", "x5c", "x5u")) {
            kinds.put(
                    "signed with a key that comes along as " + brought,
                    (good, shop, v) -> brought(brought, good, shop, v));
        }
    }

    private static String brought(String how, TokenDraft good, HostileKind.Workshop shop, int variant) {
        var own = shop.stranger().key(good.algorithm());
        Object value = switch (how) {
            case "jwk" -> own.toJSONObject();
            case "x5c" -> List.of(Base64URL.encode(own.toJSONString()).toString());
            default -> shop.stranger().url() + "/jwks";
        };
        TokenDraft draft = good.header(how, value);
        if (variant % 2 == 0) {
            draft.header().remove("kid");
        }
        return draft.signedBy(shop.stranger());
    }

    private static String mac(TokenDraft good, HostileKind.Workshop shop, int variant) throws Exception {
        String alg = pick(variant, "HS256", "HS384", "HS512");
        var key = shop.issuer().key(good.algorithm());
        byte[] secret = pick(
                        variant,
                        key.toJSONString(),
                        key.toPublicJWK().toString(),
                        key.toJSONObject().toString(),
                        String.valueOf(key.toJSONObject()
                                .getOrDefault("n", key.toJSONObject().get("x"))),
                        shop.issuer().keys().toString(),
                        good.algorithm(),
                        "secret",
                        key.getKeyID())
                .getBytes(StandardCharsets.UTF_8);
        String input = parts(shop.sign(good.header("alg", alg))).subList(0, 2).stream()
                .reduce((a, b) -> a + "." + b)
                .orElseThrow();
        Mac mac = Mac.getInstance(alg.replace("HS", "HmacSHA"));
        mac.init(new SecretKeySpec(secret, "HMAC"));
        return input + "." + Base64URL.encode(mac.doFinal(input.getBytes(StandardCharsets.UTF_8)));
    }

    private static HostileKind header(String name, Object... values) {
        return (good, shop, variant) -> shop.sign(good.header(name, pick(variant, values)));
    }
}
