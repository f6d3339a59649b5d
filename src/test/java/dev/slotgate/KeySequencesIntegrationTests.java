package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Somebody with every scope tries to have a key out in the clear: makes, imports or unwraps a key of whatever kind and usage,
 * wraps the planted one with it, and unwraps that as something else.
 */
class KeySequencesIntegrationTests extends AgainstTrialGateway {

    private static final String KEYS = "/slots/7/keys";
    private static final List<String> USAGES = List.of("sign", "decrypt", "encrypt", "wrap", "derive", "mac");
    private static final List<Boolean> EXTRACTABLE = List.of(true, false);
    private static final List<String> ALGORITHMS =
            List.of("A128KW", "A192KW", "A256KW", "A256KWP", "RSA-OAEP", "RSA-OAEP-256");
    private static final Map<String, String> KINDS = Map.of(
            "RSA", "'size':2048",
            "EC", "'curve':'P-256'",
            "OKP", "'curve':'Ed25519'",
            "AES", "'size':256",
            "HMAC", "'size':256");

    byte[] knownSecret;
    KeyPair knownPair;

    private final List<JsonNode> made = new ArrayList<>();
    private int calls;

    @BeforeEach
    void prepare() throws Exception {
        knownSecret = new byte[32];
        Arrays.fill(knownSecret, (byte) 9);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        knownPair = generator.generateKeyPair();
    }

    @Test
    void noSequenceOfCallsBringsAPlantedKeyOut() throws Exception {
        String planted = id(post(KEYS, "{'type':'AES','size':256,'usage':['encrypt'],'extractable':true}"));
        String bound = id(post(KEYS, "{'type':'AES','size':256,'usage':['encrypt']}"));
        makeEveryKind();
        importEveryKind();
        unwrapEveryKind();

        int wraps = 0;
        int comebacks = 0;
        for (JsonNode key : made) {
            for (String algorithm : ALGORITHMS) {
                assertThat(wrap(bound, key, algorithm).status()).isBetween(400, 499);
                Gateway.Answer wrapped = wrap(planted, key, algorithm);
                if (wrapped.status() == 200) {
                    wraps++;
                    assertIsSafe(key);
                    byte[] blob = Base64.getDecoder()
                            .decode(wrapped.json().path("wrapped").asString());
                    assertOpensWithNothingKnown(blob);
                    comebacks += comeBack(key, algorithm, blob);
                } else {
                    assertThat(wrapped.status()).as(wrapped.text()).isBetween(400, 499);
                }
            }
        }
        Campaign.report(
                "key-sequences",
                "%d calls, %d keys made, %d wraps of the planted key, %d ways back: none gives it away"
                        .formatted(calls, made.size(), wraps, comebacks));
        assertThat(wraps).isPositive();
        assertThat(comebacks).isEqualTo(wraps);
    }

    private void makeEveryKind() throws Exception {
        for (String type : KINDS.keySet()) {
            for (String usage : USAGES) {
                for (boolean extractable : EXTRACTABLE) {
                    keep(post(
                            KEYS,
                            "{'type':'%s',%s,'usage':['%s'],'extractable':%s}"
                                    .formatted(type, KINDS.get(type), usage, extractable)));
                }
            }
        }
    }

    private void importEveryKind() throws Exception {
        String secret = Base64.getEncoder().encodeToString(knownSecret);
        String pair = Base64.getEncoder().encodeToString(knownPair.getPrivate().getEncoded());
        String half = Base64.getEncoder().encodeToString(knownPair.getPublic().getEncoded());
        List<String[]> materials = List.of(
                new String[] {"raw", secret, "AES"},
                new String[] {"raw", secret, "HMAC"},
                new String[] {"pkcs8", pair, "RSA"},
                new String[] {"spki", half, "RSA"});
        for (String[] material : materials) {
            for (String usage : USAGES) {
                for (boolean extractable : EXTRACTABLE) {
                    keep(post(
                            KEYS + "/import",
                            "{'format':'%s','material':'%s','type':'%s','usage':['%s'],'extractable':%s}"
                                    .formatted(material[0], material[1], material[2], usage, extractable)));
                }
            }
        }
    }

    /** The public half of a wrapping key is everybody's: so are keys that come wrapped under it. */
    private void unwrapEveryKind() throws Exception {
        JsonNode wrapping =
                post(KEYS, "{'type':'RSA','size':2048,'usage':['wrap']}").json();
        made.add(wrapping);
        byte[] der = admin.get(
                        KEYS + "/" + wrapping.path("id").asString() + "/public", "Accept", "application/pkix-spki")
                .bytes();
        PublicKey publicKey = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
        Cipher oaep = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
        oaep.init(Cipher.WRAP_MODE, publicKey);
        byte[] blob = oaep.wrap(new SecretKeySpec(knownSecret, "AES"));
        for (String type : KINDS.keySet()) {
            for (String usage : USAGES) {
                for (boolean extractable : EXTRACTABLE) {
                    keep(unwrap(wrapping, "RSA-OAEP", blob, type, usage, extractable));
                }
            }
        }
    }

    private void keep(Gateway.Answer answer) {
        if (answer.status() == 201) {
            made.add(answer.json());
        } else {
            assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
        }
    }

    private static void assertIsSafe(JsonNode key) {
        JsonNode attributes = key.path("attributes");
        assertThat(key.path("usage")).extracting(JsonNode::asString).containsExactly("wrap");
        assertThat(attributes.path("local").asBoolean()).as(key.toString()).isTrue();
        assertThat(attributes.path("neverExtractable").asBoolean())
                .as(key.toString())
                .isTrue();
    }

    private void assertOpensWithNothingKnown(byte[] blob) {
        assertThat(opens("AESWrap", new SecretKeySpec(knownSecret, "AES"), blob))
                .isFalse();
        assertThat(opens("RSA/ECB/OAEPWithSHA-1AndMGF1Padding", knownPair.getPrivate(), blob))
                .isFalse();
    }

    private static boolean opens(String cipher, Key key, byte[] blob) {
        try {
            Cipher unwrapping = Cipher.getInstance(cipher);
            unwrapping.init(Cipher.UNWRAP_MODE, key);
            unwrapping.unwrap(blob, "AES", Cipher.SECRET_KEY);
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    /** It comes back as what it was and as nothing else. @return in how many ways */
    private int comeBack(JsonNode wrapping, String algorithm, byte[] blob) throws Exception {
        int ways = 0;
        for (String type : KINDS.keySet()) {
            for (String usage : USAGES) {
                for (boolean extractable : EXTRACTABLE) {
                    Gateway.Answer back = unwrap(wrapping, algorithm, blob, type, usage, extractable);
                    boolean asItWas = type.equals("AES") && usage.equals("encrypt") && extractable;
                    assertThat(back.status() == 201).as(back.text()).isEqualTo(asItWas);
                    ways += asItWas ? 1 : 0;
                }
            }
        }
        return ways;
    }

    private Gateway.Answer unwrap(
            JsonNode wrapping, String algorithm, byte[] blob, String type, String usage, boolean extractable)
            throws Exception {
        return post(
                KEYS + "/unwrap",
                "{'unwrappingKey':'%s','algorithm':'%s','wrapped':'%s','type':'%s','usage':['%s'],'extractable':%s}"
                        .formatted(
                                wrapping.path("id").asString(),
                                algorithm,
                                Base64.getEncoder().encodeToString(blob),
                                type,
                                usage,
                                extractable));
    }

    private Gateway.Answer wrap(String key, JsonNode wrapping, String algorithm) throws Exception {
        return post(
                KEYS + "/" + key + "/wrap",
                "{'wrappingKey':'%s','algorithm':'%s'}"
                        .formatted(wrapping.path("id").asString(), algorithm));
    }

    private Gateway.Answer post(String path, String json) throws Exception {
        calls++;
        return admin.post(path, json);
    }

    private static String id(Gateway.Answer made) {
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asString();
    }
}
