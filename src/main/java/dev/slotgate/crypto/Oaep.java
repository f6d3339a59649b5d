package dev.slotgate.crypto;

import dev.slotgate.hsm.EncryptionAlgorithm;
import dev.slotgate.hsm.HsmException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;

/** RSAES-OAEP (RFC 8017 section 7.1), with MGF1 over the same hash: what of it needs no private key. */
final class Oaep {

    private Oaep() {}

    /** Encrypts in the gateway. @throws HsmException INVALID_FIELD for a plaintext that is too long for the key */
    static byte[] encrypt(PublicKey key, EncryptionAlgorithm algorithm, byte[] label, byte[] plaintext) {
        String hash = algorithm.oaepHash().orElseThrow();
        int most = modulusBytes(key) - 2 * digest(algorithm).getDigestSize() - 2;
        if (plaintext.length > most) {
            throw HsmException.invalidField(
                    "plaintext",
                    "at most " + most + " bytes, which is what " + algorithm.joseName() + " takes with this key",
                    plaintext.length + " bytes");
        }
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    key,
                    new OAEPParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), new PSource.PSpecified(label)));
            return cipher.doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK encrypts with every RSA key of 2048 bits or more", e);
        }
    }

    /**
     * Decodes what a token decrypted (RFC 8017 section 7.1.2 step 3), in constant time as far as the library goes.
     *
     * @param encoded as long as the modulus
     * @throws HsmException DECRYPTION_FAILED
     */
    static byte[] decode(PublicKey key, EncryptionAlgorithm algorithm, byte[] label, byte[] encoded) {
        var encoding = new OAEPEncoding(new Decrypted(modulusBytes(key)), digest(algorithm), digest(algorithm), label);
        encoding.init(false, new CipherParameters() {});
        try {
            return encoding.processBlock(encoded, 0, encoded.length);
        } catch (InvalidCipherTextException e) {
            throw HsmException.decryptionFailed();
        }
    }

    /** The length of a ciphertext, and of the modulus. */
    static int modulusBytes(PublicKey key) {
        return (((RSAPublicKey) key).getModulus().bitLength() + Byte.SIZE - 1) / Byte.SIZE;
    }

    private static Digest digest(EncryptionAlgorithm algorithm) {
        return algorithm == EncryptionAlgorithm.RSA_OAEP ? new SHA1Digest() : SHA256Digest.newInstance();
    }

    /** Stands where the library expects the cipher: the token has done its part already. */
    private record Decrypted(int modulusBytes) implements AsymmetricBlockCipher {

        @Override
        public void init(boolean forEncryption, CipherParameters parameters) {}

        @Override
        public int getInputBlockSize() {
            return modulusBytes;
        }

        /** Without the first byte, which is 0 in every encoded message. */
        @Override
        public int getOutputBlockSize() {
            return modulusBytes - 1;
        }

        /** One whose first byte is not 0 stays longer than a block, which the library finds wrong. */
        @Override
        public byte[] processBlock(byte[] block, int offset, int length) {
            int first = block[offset] == 0 && length == modulusBytes ? 1 : 0;
            return Arrays.copyOfRange(block, offset + first, offset + length);
        }
    }
}
