package dev.slotgate.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.jwk.JWK;
import dev.slotgate.Campaign;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Other people's vectors of signed tokens (C2SP Wycheproof), through the code that judges access tokens. */
class WebSignatureVectorsTests {

    private static final Path FILE = Path.of("../shared/wycheproof/json_web_signature_test.json");
    private static final Set<TokenAlgorithm> EVERY = EnumSet.allOf(TokenAlgorithm.class);

    @Test
    void noInvalidSignatureIsAcceptedAndEveryValidOneIs() throws Exception {
        assumeTrue(Files.exists(FILE), "there are no vectors at " + FILE);
        var counts = new TreeMap<String, Integer>();
        var wrong = new ArrayList<String>();
        for (JsonNode group :
                JsonMapper.shared().readTree(Files.readAllBytes(FILE)).path("testGroups")) {
            JsonNode key = group.path(group.has("public") ? "public" : "private");
            for (JsonNode test : group.path("tests")) {
                boolean accepted = accepts(key, test.path("jws").asString());
                String expected = expected(key, test);
                counts.merge(expected + (accepted ? ", accepted" : ", refused"), 1, Integer::sum);
                if (accepted != expected.equals("valid")) {
                    wrong.add(test.path("tcId") + " " + test.path("comment").asString() + " of " + key.path("alg"));
                }
            }
        }
        Campaign.report("web-signature-vectors", counts.toString());
        assertThat(wrong).isEmpty();
    }

    /** What is valid by the standard, and is not by the rules of the gateway, falls under a name of its own. */
    private static String expected(JsonNode key, JsonNode test) {
        String result = test.path("result").asString();
        if (!result.equals("valid")) {
            return result;
        }
        if (key.path("kty").asString().equals("oct")) {
            return "valid, but a MAC";
        }
        String algorithm =
                CompactJws.parse(test.path("jws").asString()).header().text("alg");
        return key.path("alg").asString().equals(algorithm) ? "valid" : "valid, but of another algorithm than its key";
    }

    private static boolean accepts(JsonNode key, String text) throws ParseException {
        try {
            CompactJws jws = CompactJws.parse(text);
            TokenAlgorithm algorithm = jws.algorithm(EVERY);
            JWK jwk = JWK.parse(key.toString());
            return List.of(jwk).stream()
                    .filter(algorithm.keys(jws.keyId())::matches)
                    .anyMatch(one -> JwsSignatures.verify(jws, algorithm, one));
        } catch (TokenRefused refused) {
            return false;
        }
    }
}
