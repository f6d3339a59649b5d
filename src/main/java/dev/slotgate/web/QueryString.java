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

    /** Whether each of its parameters has a name, and {@link #decodes} says the same of it. */
    static boolean isWellFormed(@Nullable String query) {
        if (query == null) {
            return true;
        }
        boolean named = !query.startsWith("=") && !query.contains("&=");
        return named && query.chars().filter(c -> c == '&').count() < MOST_PARAMETERS && decodes(query);
    }

    /** Whether every percent sign begins an escape and the whole is UTF-8 without control characters. */
    private static boolean decodes(String query) {
        if (query.indexOf('%') < 0) {
            return true;
        }
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
                return false;
            }
            bytes.write(high * HEX + low);
            i += 2;
        }
        return isText(bytes.toByteArray());
    }

    private static boolean isText(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .chars()
                    .noneMatch(Character::isISOControl);
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
