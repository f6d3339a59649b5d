package dev.slotgate.security;

import com.nimbusds.jose.util.Base64URL;
import dev.slotgate.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One way of making a token that must not be accepted from one that is. */
@FunctionalInterface
interface HostileKind {

    /** @param variant counts from 0; each is different, if only by chance */
    String spoil(TokenDraft good, Workshop workshop, int variant) throws Exception;

    /** What forgers work with: the issuer, another one who has keys of the same names, and chance. */
    record Workshop(TestIssuer issuer, TestIssuer stranger, Random random) {

        String sign(TokenDraft draft) {
            return draft.signedBy(issuer);
        }

        /** Signed as it should be, whatever it is. */
        String sign(TokenDraft draft, String header, String payload) {
            return issuer.sign(draft.algorithm(), bytes(header), bytes(payload));
        }

        byte[] random(int length) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            return bytes;
        }
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    static <T> T pick(int variant, T... values) {
        return values[variant % values.length];
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String json(@Nullable Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }

    static String encode(Object json) {
        return Base64URL.encode(json(json)).toString();
    }

    /** A token's three parts. */
    static List<String> parts(String token) {
        return List.of(token.split("\\.", -1));
    }
}
