package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinSource;
import dev.slotgate.hsm.StartRefused;
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

/**
 * A user PIN in a mounted file: UTF-8, one line; a line break at the end does not count.
 *
 * @param file absent when the slot is to start locked
 */
record PinFile(@Nullable Path file) implements PinSource {

    @Override
    public Optional<Pin> userPin(TokenIdentity token) {
        return file == null ? Optional.empty() : Optional.of(read(file));
    }

    private static Pin read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new StartRefused("slotgate.slots[].user-pin-file: " + file + " cannot be read.");
        }
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        Arrays.fill(bytes, (byte) 0);
        int length = decoded.length();
        while (length > 0 && (decoded.get(length - 1) == '\n' || decoded.get(length - 1) == '\r')) {
            length--;
        }
        char[] characters = new char[length];
        decoded.get(0, characters);
        Arrays.fill(decoded.array(), '\0');
        return new Pin(characters);
    }
}
