package dev.slotgate.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Looks at query strings before anybody decodes them: what the container cannot decode it fails on, loudly. */
final class QueryString {

    private static final int HEX = 16;
    /** As many as the container takes. */
    private static final int MOST_PARAMETERS = 1_000;

    private QueryString() {}

    /**
     * What is wrong with it, without a word of it: each parameter has a name, each percent sign begins an escape, and the whole is
     * UTF-8 without control characters.
     *
     * @return null when nothing is
     */
    static @Nullable String fault(@Nullable String query) {
        if (query == null) {
            return null;
        }
        if (query.startsWith("=") || query.contains("&=")) {
            return expected("parameters with names", "one without");
        }
        long parameters = query.chars().filter(c -> c == '&').count() + 1;
        if (parameters > MOST_PARAMETERS) {
            return expected("at most " + MOST_PARAMETERS + " parameters", String.valueOf(parameters));
        }
        return query.indexOf('%') < 0 ? null : faultOfEscapes(query);
    }

    private static String expected(String expected, String came) {
        return "query: expected " + expected + ", got " + came;
    }

    private static @Nullable String faultOfEscapes(String query) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c != '%') {
                bytes.write(c);
                continue;
            }
            int high = i + 2 <= query.length() - 1 ? Character.digit(query.charAt(i + 1), HEX) : -1;
            int low = high < 0 ? -1 : Character.digit(query.charAt(i + 2), HEX);
            if (low < 0) {
                return expected("two hexadecimal digits after each %", "something else at character " + (i + 2));
            }
            bytes.write(high * HEX + low);
            i += 2;
        }
        return faultOfText(bytes.toByteArray());
    }

    private static @Nullable String faultOfText(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .chars()
                            .noneMatch(Character::isISOControl)
                    ? null
                    : expected("text", "a control character");
        } catch (CharacterCodingException e) {
            return expected("escapes that are UTF-8", "bytes that are not");
        }
    }
}
