package dev.slotgate.audit;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A signed line of the journal: up to a line it was so when it was signed, and not otherwise.
 *
 * @param through the sequence of the last line that it vouches for
 * @param hash of that line
 * @param signature of {@link #digest}: ECDSA P-256, r and s one after the other, in base64
 */
@JsonPropertyOrder({"kind", "time", "through", "hash", "signature"})
record Checkpoint(AuditRecord.Kind kind, Instant time, long through, String hash, String signature) {

    static Checkpoint of(Instant time, Tip tip, byte[] signature) {
        return new Checkpoint(
                AuditRecord.Kind.CHECKPOINT,
                time,
                tip.sequence(),
                tip.hash(),
                Base64.getEncoder().encodeToString(signature));
    }

    /** SHA-256 of the text that is signed: what it is, the instance, the sequence and the hash, a line each. */
    static byte[] digest(String instance, Tip tip) {
        String text = "slotgate audit checkpoint\n" + instance + "\n" + tip.sequence() + "\n" + tip.hash() + "\n";
        return Sha256.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    static boolean isSigned(Checkpoint made, String instance, List<PublicKey> keys) {
        return isSigned(JournalJson.read(JournalJson.write(made)), instance, keys);
    }

    /** Whether one of the keys signed that the journal of the instance is as this line of it says. */
    static boolean isSigned(JsonNode line, String instance, List<PublicKey> keys) {
        var tip = new Tip(line.path("through").asLong(-1), line.path("hash").asString(""));
        try {
            byte[] signature = Base64.getDecoder().decode(line.path("signature").asString(""));
            byte[] digest = digest(instance, tip);
            return keys.stream().anyMatch(key -> verifies(key, digest, signature));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean verifies(PublicKey key, byte[] digest, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("NONEwithECDSAinP1363Format");
            verifier.initVerify(key);
            verifier.update(digest);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK verifies ECDSA on P-256", e);
        }
    }
}
