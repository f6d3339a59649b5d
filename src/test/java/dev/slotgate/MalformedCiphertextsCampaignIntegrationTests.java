package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whatever is wrong with a ciphertext, the answer is the same: nobody learns from it how far it was opened. */
class MalformedCiphertextsCampaignIntegrationTests extends AgainstTrialGateway {

    private static final String SLOT = "/slots/9";
    private static final int CIPHERTEXTS = Campaign.count(10_000);
    private static final int LONGEST = 64;

    private final Random random = new Random(20_261_126);

    @Test
    void everyMalformedCiphertextIsAnsweredAlike() throws Exception {
        Set<String> answers = new HashSet<>();
        int asked = 0;
        for (String algorithm : new String[] {"RSA-OAEP", "RSA-OAEP-256", "A256GCM"}) {
            boolean gcm = algorithm.equals("A256GCM");
            String key = admin.post(
                            SLOT + "/keys",
                            gcm
                                    ? "{'type':'AES','size':256,'usage':['encrypt']}"
                                    : "{'type':'RSA','size':2048,'usage':['decrypt']}")
                    .json()
                    .path("id")
                    .asString();
            for (int i = 0; i < Math.ceilDiv(CIPHERTEXTS, 3); i++, asked++) {
                JsonNode sealed = admin.post(
                                SLOT + "/encrypt",
                                "{'key':'%s','algorithm':'%s','plaintext':'%s'}"
                                        .formatted(key, algorithm, base64(bytes(1 + random.nextInt(LONGEST)))))
                        .json();
                Gateway.Answer answer = admin.post(
                        SLOT + "/decrypt", gcm ? malformedGcm(key, sealed) : malformedOaep(key, algorithm, sealed));
                answers.add(stripped(answer));
            }
        }
        Campaign.report(
                "malformed-ciphertexts",
                "%d malformed ciphertexts, %d kinds of answer".formatted(asked, answers.size()));
        assertThat(answers).hasSize(1).first().asString().startsWith("422").contains("decryption-failed");
    }

    private String malformedOaep(String key, String algorithm, JsonNode sealed) {
        byte[] right = Base64.getDecoder().decode(sealed.path("ciphertext").asString());
        byte[] wrong = switch (random.nextInt(6)) {
            case 0 -> flipped(right);
            case 1 -> bytes(right.length);
            case 2 -> Arrays.copyOf(right, random.nextInt(right.length));
            case 3 -> Arrays.copyOf(right, right.length + 1 + random.nextInt(8));
            case 4 -> new byte[right.length];
            default -> filled(right.length);
        };
        return "{'key':'%s','algorithm':'%s','ciphertext':'%s'}".formatted(key, algorithm, base64(wrong));
    }

    private String malformedGcm(String key, JsonNode sealed) {
        byte[] ciphertext = Base64.getDecoder().decode(sealed.path("ciphertext").asString());
        byte[] iv = Base64.getDecoder().decode(sealed.path("iv").asString());
        byte[] tag = Base64.getDecoder().decode(sealed.path("tag").asString());
        String aad = "";
        switch (random.nextInt(6)) {
            case 0 -> ciphertext = flipped(ciphertext);
            case 1 -> iv = flipped(iv);
            case 2 -> tag = flipped(tag);
            case 3 -> aad = base64(bytes(1 + random.nextInt(LONGEST)));
            case 4 -> ciphertext = Arrays.copyOf(ciphertext, random.nextInt(ciphertext.length));
            default -> ciphertext = Arrays.copyOf(ciphertext, ciphertext.length + 1 + random.nextInt(8));
        }
        return "{'key':'%s','algorithm':'A256GCM','ciphertext':'%s','iv':'%s','tag':'%s','aad':'%s'}"
                .formatted(key, base64(ciphertext), base64(iv), base64(tag), aad);
    }

    /** All of the answer but for ids and dates, and for what the server says of the connection after its hundredth call. */
    private static String stripped(Gateway.Answer answer) {
        Map<String, Object> headers = new TreeMap<>(answer.http().headers().map());
        headers.keySet().removeAll(Set.of("date", "x-request-id", "connection"));
        String id = answer.json().path("requestId").asString();
        return answer.status() + " " + headers + " " + answer.text().replace(id, "ID");
    }

    private byte[] flipped(byte[] right) {
        byte[] wrong = right.clone();
        wrong[random.nextInt(wrong.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return wrong;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) -1);
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
