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
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The secret that guards what the database keeps: a file of 32 bytes, never shown and never in the database itself. */
public final class MasterKey {

    private static final int BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
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

    /**
     * Encrypts with AES-256-GCM (NIST SP 800-38D) under a key of this purpose alone.
     *
     * @param bound what the result belongs to: it opens with just the same
     * @return the nonce (12 bytes, random), the ciphertext and the tag (16 bytes)
     */
    public byte[] seal(String purpose, byte[] plaintext, byte[]... bound) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, purpose, nonce, plaintext, 0, bound);
        return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /**
     * Decrypts what {@link #seal} made.
     *
     * @throws StateUnusable when it was made under another master key, for something else, or was changed
     */
    public byte[] open(String purpose, byte[] sealed, byte[]... bound) {
        if (sealed.length < NONCE_BYTES) {
            throw notOurs();
        }
        return crypt(Cipher.DECRYPT_MODE, purpose, Arrays.copyOf(sealed, NONCE_BYTES), sealed, NONCE_BYTES, bound);
    }

    private byte[] crypt(int mode, String purpose, byte[] nonce, byte[] input, int from, byte[]... bound) {
        byte[] forThis = hmac("seal", purpose.getBytes(StandardCharsets.UTF_8));
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(forThis, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            for (byte[] part : bound) {
                cipher.updateAAD(lengthOf(part));
                cipher.updateAAD(part);
            }
            return cipher.doFinal(input, from, input.length - from);
        } catch (AEADBadTagException e) {
            throw notOurs();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        } finally {
            Arrays.fill(forThis, (byte) 0);
        }
    }

    private static StateUnusable notOurs() {
        return new StateUnusable("What the database keeps was sealed under another master key, or was changed.");
    }

    @Override
    public String toString() {
        return "MasterKey[hidden]";
    }

    private static void update(Mac mac, byte[] part) {
        mac.update(lengthOf(part));
        mac.update(part);
    }

    private static byte[] lengthOf(byte[] part) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array();
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
