package dev.slotgate.security;

import static dev.slotgate.security.HostileKind.json;
import static dev.slotgate.security.HostileKind.pick;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tokens that the issuer signed, and that say what no access token for this gateway says. */
final class HostileClaims {

    private static final Map<String, String> NOTHING = Map.of();

    private HostileClaims() {}

    static Map<String, HostileKind> kinds() {
        var kinds = new LinkedHashMap<String, HostileKind>();
        issuersAndAudiences(kinds);
        times(kinds);
        callers(kinds);
        objects(kinds);
        return kinds;
    }

    private static void issuersAndAudiences(Map<String, HostileKind> kinds) {
        kinds.put("no iss", without("iss"));
        kinds.put("another iss", (good, shop, v) -> {
            String iss = String.valueOf(good.claims().get("iss"));
            return shop.sign(good.claim(
                    "iss",
                    pick(
                            v,
                            iss + "/",
                            iss.replace("http", "HTTP"),
                            iss.substring(1),
                            iss + " ",
                            "",
                            "x",
                            iss + "#",
                            1)));
        });
        kinds.put("no aud", without("aud"));
        kinds.put(
                "another aud",
                value("aud", "slotgate2", "Slotgate", "", "*", "slotgate ", List.of(), List.of("a", "b"), "s"));
        kinds.put(
                "aud of a wrong type",
                value(
                        "aud",
                        1,
                        true,
                        Map.of("slotgate", 1),
                        List.of(1),
                        List.of(List.of("slotgate")),
                        List.of("slotgate", 1),
                        1.5,
                        NOTHING));
    }

    private static void times(Map<String, HostileKind> kinds) {
        kinds.put("no exp", without("exp"));
        kinds.put("expired", later("exp", -61, -62, -120, -3600, -86_400, -1_000_000, -100_000_000, -1_000_000_000));
        kinds.put(
                "exp of a wrong type",
                value("exp", "4102444800", "", true, List.of(), NOTHING, -1, 1e300, List.of(4102444800L)));
        kinds.put(
                "a lifetime that is too long",
                later("exp", 3661, 3700, 7200, 86_400, 31_536_000, 1_000_000_000, 200_000_000_000L, 5000));
        kinds.put(
                "issued too long before it ends",
                later("iat", -3001, -3002, -3600, -7200, -86_400, -1_000_000, -100_000_000, -5000));
        kinds.put("issued in the future", later("iat", 90, 120, 300, 599, 700, 3600, 86_400, 1_000_000));
        kinds.put("iat of a wrong type", value("iat", "now", false, List.of(1), NOTHING, -5, "1", List.of(), 1e20));
        kinds.put("not to be used yet", later("nbf", 90, 91, 120, 300, 500, 3600, 31_536_000, 100_000_000_000L));
        kinds.put("nbf of a wrong type", value("nbf", "0", true, List.of(), NOTHING, -1, "soon", List.of(0), 1e300));
    }

    private static void callers(Map<String, HostileKind> kinds) {
        kinds.put(
                "sub of a wrong type", value("sub", 1, true, List.of("a"), NOTHING, 1.5, List.of(), Map.of("a", 1), 0));
        kinds.put(
                "client_id of a wrong type",
                value("client_id", 1, true, List.of("a"), NOTHING, 1.5, List.of(), Map.of("a", 1), 0));
        kinds.put(
                "scope of a wrong type",
                value(
                        "scope",
                        1,
                        true,
                        NOTHING,
                        List.of(1),
                        List.of("a", List.of("slots.read")),
                        Map.of("slots.read", true),
                        1.5,
                        List.of(true)));
        kinds.put(
                "slots of a wrong type",
                value("slots", 1, true, "1", "", List.of(-1), List.of(1.5), Map.of("*", "*"), List.of("*", "x")));
        kinds.put(
                "bound to a key",
                value(
                        "cnf",
                        Map.of("jkt", "x"),
                        Map.of("x5t#S256", "x"),
                        Map.of("jwk", NOTHING),
                        NOTHING,
                        "x",
                        List.of(),
                        1,
                        Map.of("kid", "RSA")));
    }

    private static void objects(Map<String, HostileKind> kinds) {
        kinds.put("a claim twice", (good, shop, v) -> {
            String name = pick(v, "exp", "iss", "aud", "sub", "scope", "slots", "iat", "client_id");
            String claims = json(good.claims());
            String again = json(name) + ":" + json(good.claims().get(name));
            return shop.sign(good, json(good.header()), "{" + again + "," + claims.substring(1));
        });
        kinds.put("claims that are null", (good, shop, v) -> {
            String name = pick(v, "exp", "iss", "aud", "sub", "scope", "slots", "iat", "client_id");
            var claims = new LinkedHashMap<>(good.claims());
            claims.put(name, null);
            return shop.sign(good, json(good.header()), json(claims));
        });
        kinds.put("a payload that is no JSON object", HostileClaims::noObject);
    }

    private static String noObject(TokenDraft good, HostileKind.Workshop shop, int variant) {
        String claims = json(good.claims());
        String payload = pick(
                variant,
                "[" + claims + "]",
                json(claims),
                claims + claims,
                claims.substring(1),
                claims.replace('"', '\''),
                "\uFEFF" + claims,
                "{\"a\":" + "[".repeat(1500) + "]".repeat(1500) + "," + claims.substring(1),
                claims.replace("}", ",}"));
        return shop.sign(good, json(good.header()), payload);
    }

    private static HostileKind without(String claim) {
        return (good, shop, _) -> shop.sign(good.without(claim));
    }

    private static HostileKind value(String claim, Object... values) {
        return (good, shop, variant) -> shop.sign(good.claim(claim, pick(variant, values)));
    }

    private static HostileKind later(String claim, long... seconds) {
        return (good, shop, variant) -> {
            long issued = good.issued();
            return shop.sign(good.claim(claim, issued + seconds[variant % seconds.length]));
        };
    }
}
