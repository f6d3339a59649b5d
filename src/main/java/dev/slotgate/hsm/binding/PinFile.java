package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinSource;
import dev.slotgate.hsm.TokenIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A user PIN in a mounted file: UTF-8, one line; a line break at the end does not count. A file that is none of this gives
 * no PIN, since a wrong one costs a try.
 *
 * @param file absent when the slot is to start locked
 */
record PinFile(@Nullable Path file) implements PinSource {

    private static final Logger LOG = LoggerFactory.getLogger(PinFile.class);

    @Override
    public Optional<Pin> userPin(TokenIdentity token) {
        if (file == null) {
            return Optional.empty();
        }
        try {
            return read(file);
        } catch (IOException e) {
            LOG.error("slotgate.slots[].user-pin-file: {} cannot be read as UTF-8", file);
            return Optional.empty();
        }
    }

    private static Optional<Pin> read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        Arrays.fill(bytes, (byte) 0);
        int length = decoded.length();
        while (length > 0 && isLineBreak(decoded.get(length - 1))) {
            length--;
        }
        char[] characters = new char[length];
        decoded.get(0, characters);
        Arrays.fill(decoded.array(), '\0');
        if (length == 0 || CharBuffer.wrap(characters).chars().anyMatch(c -> isLineBreak((char) c))) {
            Arrays.fill(characters, '\0');
            LOG.error("slotgate.slots[].user-pin-file: {} must hold one line", file);
            return Optional.empty();
        }
        return Optional.of(new Pin(characters));
    }

    private static boolean isLineBreak(char character) {
        return character == '\n' || character == '\r';
    }
}
