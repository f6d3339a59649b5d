package dev.slotgate.remote;

import dev.slotgate.hsm.EncryptionAlgorithm;
import org.jspecify.annotations.Nullable;

/** A message that is encrypted or decrypted. */
final class CipherWork {

    private final CipherMechanism cipher;
    private final RemoteObject key;
    private final Allowance allowance;
    private final MessageSoFar message;
    private int length;
    private byte @Nullable [] result;

    CipherWork(CipherMechanism cipher, RemoteObject key, Allowance allowance) {
        this.allowance = allowance;
        this.message = new MessageSoFar(null, allowance);
        this.cipher = cipher;
        this.key = key;
    }

    CipherMechanism cipher() {
        return cipher;
    }

    RemoteObject key() {
        return key;
    }

    void add(byte[] part) {
        message.add(part);
        length += part.length;
    }

    byte[] input() {
        return message.end();
    }

    /** What is made of RSA: as long as the modulus. */
    int longest() {
        return key.modulusBytes();
    }

    /** The most that can be in a ciphertext that ends so. */
    int longest(byte @Nullable [] last) {
        int all = length + (last == null ? 0 : last.length);
        return cipher.algorithm().isGcm() ? Math.max(0, all - EncryptionAlgorithm.TAG_BYTES) : longest();
    }

    /** What was made and not given out yet, since there was no room for it. */
    byte @Nullable [] result() {
        return result;
    }

    void keep(byte[] made) {
        allowance.keep(made.length);
        result = made;
    }

    private void drop() {
        message.drop();
        if (result != null) {
            allowance.giveBack(result.length);
            result = null;
        }
    }

    /** That of a session. */
    interface OfSession extends Operation {

        CipherWork work();

        @Override
        default void ended() {
            work().drop();
        }
    }

    /** One that is being encrypted. */
    record OfEncryption(CipherWork work) implements OfSession {}

    /** One that is being decrypted. */
    record OfDecryption(CipherWork work) implements OfSession {}
}
