package dev.slotgate.crypto;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAccess;
import dev.slotgate.hsm.KeyOperation;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.VerifiedSigner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes JSON Web Signatures in compact form (RFC 7515 section 7.1). */
@Service
class JsonWebSignatures {

    /** What says how to verify is the gateway's to say, or not supported (RFC 7515 section 4.1, RFC 7797). */
    private static final Set<String> RESERVED = Set.of("alg", "kid", "jku", "jwk", "x5u", "x5c", "crit", "b64");

    private final KeyAccess keys;
    private final VerifiedSigner signer;
    private final JsonMapper json;

    JsonWebSignatures(KeyAccess keys, VerifiedSigner signer, JsonMapper json) {
        this.keys = keys;
        this.signer = signer;
        this.json = json;
    }

    /** A JWS, and what it was made with. */
    record Made(JwsResponse answer, String key, String algorithm) {}

    Made sign(SlotId slot, JwsRequest request, KeyUser user) {
        String named = KeyAccess.named("key", request.key());
        byte[] payload = payload(request.payload());
        Map<String, @Nullable JsonNode> more = header(request.header());
        KeyAccess.Chosen chosen = keys.choose(slot, named, KeyOperation.SIGN, user, JsonWebSignatures::algorithms);
        SignatureAlgorithm algorithm = SignatureAlgorithm.valueOf(chosen.algorithm());
        String id = chosen.key().id().hex();
        var header = new LinkedHashMap<String, @Nullable Object>();
        header.put("alg", algorithm.name());
        header.put("kid", id);
        header.putAll(more);
        String signed = base64url(json.writeValueAsBytes(header)) + "." + base64url(payload);
        byte[] signature = signer.sign(
                slot, chosen.key(), algorithm, algorithm.toBeSigned(signed.getBytes(StandardCharsets.US_ASCII)));
        return new Made(new JwsResponse(signed + "." + base64url(signature)), id, algorithm.name());
    }

    /** PS256 first, for keys that can sign with several. */
    private static List<String> algorithms(Key key) {
        Signatures.checkMaySign(key);
        List<SignatureAlgorithm> fitting = Arrays.stream(SignatureAlgorithm.values())
                .filter(algorithm -> algorithm.fits(key.type(), key.curve()))
                .sorted(Comparator.comparing(algorithm -> algorithm != SignatureAlgorithm.PS256))
                .toList();
        KeyChecks.requireFit(key, !fitting.isEmpty(), "a JWS", "RSA, or on a curve on offer");
        return fitting.stream().map(Enum::name).toList();
    }

    private byte[] payload(@Nullable JsonNode payload) {
        if (payload != null && payload.isObject()) {
            return json.writeValueAsBytes(payload);
        }
        if (payload != null && payload.isString()) {
            try {
                return json.treeToValue(payload, byte[].class);
            } catch (JacksonException e) {
                throw HsmException.invalidField("payload", "an object, or bytes in base64", "another string");
            }
        }
        throw HsmException.invalidField(
                "payload", "an object, or bytes in base64", payload == null ? "nothing" : "something else");
    }

    private static Map<String, @Nullable JsonNode> header(@Nullable Map<String, @Nullable JsonNode> given) {
        Map<String, @Nullable JsonNode> header = given == null ? Map.of() : given;
        header.keySet().stream().filter(RESERVED::contains).findFirst().ifPresent(name -> {
            throw HsmException.invalidField(
                    "header." + name, "no such parameter, which is not the caller's to set", "one");
        });
        return header;
    }

    private static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
