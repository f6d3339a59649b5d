package dev.slotgate.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret that guards what the database keeps: a file of 32 bytes, never shown and never in the database itself. */
public final class MasterKey {

    private static final int BYTES = 32;
    private static final String HMAC = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    private MasterKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, HMAC);
    }

    /** Reads the file; one that is not there is made first, whole or not at all. @throws StateUnusable */
    public static MasterKey readOrMake(Path file) {
        byte[] bytes = {};
        try {
            if (Files.notExists(file)) {
                make(file);
            }
            bytes = read(file);
            check(file, bytes);
            return new MasterKey(bytes);
        } catch (IOException e) {
            throw new StateUnusable("The master key " + file + " cannot be read (slotgate.master-key-file).");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Computes HMAC-SHA-256 (RFC 2104) over a label and values, each with its length before it, so that no two lists of
     * values read the same.
     *
     * @param purpose what it is for; values for one purpose are worth nothing for another
     * @return 32 bytes
     */
    public byte[] hmac(String purpose, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            update(mac, purpose.getBytes(StandardCharsets.UTF_8));
            for (byte[] part : parts) {
                update(mac, part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    @Override
    public String toString() {
        return "MasterKey[hidden]";
    }

    private static void update(Mac mac, byte[] part) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
        mac.update(part);
    }

    private static void make(Path file) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        try {
            PrivateFiles.make(file, bytes);
        } catch (IOException e) {
            throw new StateUnusable("The master key " + file + " cannot be made (slotgate.master-key-file).");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return content.readNBytes(BYTES + 1);
        }
    }

    private static void check(Path file, byte[] bytes) throws IOException {
        if (PrivateFiles.areOpenToOthers(file)) {
            throw new StateUnusable("The master key " + file + " is open to others: give it mode 0600.");
        }
        if (bytes.length != BYTES) {
            throw new StateUnusable("The master key " + file + " must be " + BYTES + " bytes, and it is "
                    + (bytes.length > BYTES ? "longer" : bytes.length) + ": put a back-up in its place.");
        }
    }
}
