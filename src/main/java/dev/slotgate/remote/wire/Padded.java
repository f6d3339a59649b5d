package dev.slotgate.remote.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text in a field of a fixed width: UTF-8, cut to the width and padded with blanks. */
public record Padded(String text, int width) {

    byte[] bytes() {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] field = Arrays.copyOf(utf8, width);
        if (utf8.length < width) {
            Arrays.fill(field, utf8.length, width, (byte) ' ');
        }
        return field;
    }
}
