package dev.slotgate.crypto;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /slots/{slot}/jws}.
 *
 * @param payload a JSON object, or bytes as a string of base64
 * @param header what is to stand in the protected header beside {@code alg} and {@code kid}
 */
record JwsRequest(
        @Nullable String key,
        @Nullable JsonNode payload,
        @Nullable Map<String, @Nullable JsonNode> header) {}
