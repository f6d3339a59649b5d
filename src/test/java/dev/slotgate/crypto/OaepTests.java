package dev.slotgate.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.EncryptionAlgorithm;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import javax.crypto.Cipher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Raw RSA of the JDK stands where the token stands. */
class OaepTests {

    private static final byte[] LABEL = {1};
    private static final byte[] NO_LABEL = {};

    private static KeyPair pair;

    @BeforeAll
    static void makePair() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
    }

    @ParameterizedTest
    @EnumSource(names = {"RSA_OAEP", "RSA_OAEP_256"})
    void decodesWhatItEncrypted(EncryptionAlgorithm algorithm) throws Exception {
        int most = algorithm == EncryptionAlgorithm.RSA_OAEP ? 214 : 190;
        for (int length : new int[] {0, 1, most}) {
            for (byte[] label : new byte[][] {NO_LABEL, LABEL}) {
                byte[] plaintext = new byte[length];
                byte[] encoded = raw(Oaep.encrypt(pair.getPublic(), algorithm, label, plaintext));
                assertThat(Oaep.decode(pair.getPublic(), algorithm, label, encoded))
                        .isEqualTo(plaintext);
            }
        }
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> Oaep.encrypt(pair.getPublic(), algorithm, NO_LABEL, new byte[most + 1]))
                .withMessageContaining("at most " + most + " bytes");
    }

    @Test
    void whateverIsWrongIsOneFailure() throws Exception {
        EncryptionAlgorithm algorithm = EncryptionAlgorithm.RSA_OAEP_256;
        byte[] encoded = raw(Oaep.encrypt(pair.getPublic(), algorithm, NO_LABEL, new byte[5]));
        assertFails(algorithm, LABEL, encoded);
        assertFails(EncryptionAlgorithm.RSA_OAEP, NO_LABEL, encoded);
        for (int i = 0; i < encoded.length; i++) {
            byte[] wrong = encoded.clone();
            wrong[i] ^= 1;
            assertFails(algorithm, NO_LABEL, wrong);
        }
        assertFails(algorithm, NO_LABEL, new byte[encoded.length]);
    }

    private static void assertFails(EncryptionAlgorithm algorithm, byte[] label, byte[] encoded) {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> Oaep.decode(pair.getPublic(), algorithm, label, encoded))
                .returns(HsmFailure.DECRYPTION_FAILED, HsmException::failure)
                .withMessage(HsmException.decryptionFailed().getMessage());
    }

    private static byte[] raw(byte[] ciphertext) throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());
        return cipher.doFinal(ciphertext);
    }
}
