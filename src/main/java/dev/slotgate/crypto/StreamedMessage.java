package dev.slotgate.crypto;

import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.SignatureAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Reads messages that come as streams, in constant memory where only their digest is needed. */
final class StreamedMessage {

    /** What is taken of a message that must be there as a whole. */
    private static final int MOST_WHOLE = 1 << 20;

    static final int BUFFER = 64 << 10;

    private StreamedMessage() {}

    /** What a key is given to sign: the digest, or for EdDSA the message. */
    static byte[] toBeSigned(InputStream message, SignatureAlgorithm algorithm) throws IOException {
        return algorithm.scheme().takesDigest()
                ? digest(message, algorithm.hash())
                : SignatureInput.toBeSigned(whole(message, algorithm.name()), null, algorithm);
    }

    static byte[] digest(InputStream message, Hash hash) throws IOException {
        MessageDigest digest = hash.begin();
        byte[] buffer = new byte[BUFFER];
        for (int got = message.read(buffer); got >= 0; got = message.read(buffer)) {
            digest.update(buffer, 0, got);
        }
        return digest.digest();
    }

    /** All of a message. @throws HsmException TOO_LARGE */
    static byte[] whole(InputStream message, String algorithm) throws IOException {
        byte[] beginning = beginning(message);
        if (!isWhole(beginning)) {
            throw tooLarge(algorithm);
        }
        return beginning;
    }

    /** As much of a message as may be there as a whole, and a byte more when there is more. */
    static byte[] beginning(InputStream message) throws IOException {
        return message.readNBytes(MOST_WHOLE + 1);
    }

    /** Whether the beginning of a message is all of it. */
    static boolean isWhole(byte[] beginning) {
        return beginning.length <= MOST_WHOLE;
    }

    static HsmException tooLarge(String algorithm) {
        return new HsmException(
                HsmFailure.TOO_LARGE,
                algorithm + " needs the whole message at once, and takes " + MOST_WHOLE + " bytes at most.");
    }
}
