package dev.slotgate.security;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compact JWS (RFC 7515), taken apart but not believed. Its header is asked for the algorithm, the type and the key's id
 * alone: keys and addresses of keys that it may bring along are not looked at.
 *
 * @param header the protected header
 * @param payload what was signed
 * @param input what the signature is over
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CompactJws(Members header, byte[] payload, byte[] input, byte[] signature) {

    private static final int PARTS = 3;

    /** @throws TokenRefused when it is not three parts in base64url, or its header asks for what is not supported */
    static CompactJws parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != PARTS) {
            throw new TokenRefused("it does not have three parts");
        }
        Members header = Members.of(bytes(parts[0]));
        if (header.has("crit") || header.has("b64")) {
            throw new TokenRefused("its header has extensions");
        }
        byte[] input = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        return new CompactJws(header, bytes(parts[1]), input, bytes(parts[2]));
    }

    /** @throws TokenRefused when it is none of the allowed ones */
    TokenAlgorithm algorithm(Set<TokenAlgorithm> allowed) {
        return TokenAlgorithm.named(header.text("alg"))
                .filter(allowed::contains)
                .orElseThrow(() -> new TokenRefused("its algorithm is not allowed"));
    }

    @Nullable
    String type() {
        return header.text("typ");
    }

    @Nullable
    String keyId() {
        return header.text("kid");
    }

    /** There is one encoding of these bytes: padding, blanks and stray bits at the end are refused. */
    private static byte[] bytes(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // The same refusal as for another encoding.
        }
        throw new TokenRefused("a part of it is not base64url");
    }
}
