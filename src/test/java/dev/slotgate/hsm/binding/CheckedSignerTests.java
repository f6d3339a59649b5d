package dev.slotgate.hsm.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.JdkSignatures;
import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.Signer;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.TestKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A token that makes a wrong signature whenever it is told to. */
class CheckedSignerTests {

    private static final SlotId SLOT = new SlotId(0);
    private static final byte[] MESSAGE = {1, 2, 3};

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private boolean faulty;
    /** So many are made before it. */
    private int faultyOne = -1;

    @Test
    void aFaultyRsaSignatureNeverLeaves() throws Exception {
        KeyPair pair = pair("RSA");
        CheckedSigner signer = signer(pair, SignatureAlgorithm.RS256, SignatureChecks.RSA);
        Key key = key(pair, KeyType.RSA, 2048, null);

        assertThat(sign(signer, key, SignatureAlgorithm.RS256)).hasSize(256);
        faulty = true;
        assertFaulty(signer, key, SignatureAlgorithm.RS256);
        assertThat(meters.counter("slotgate.signatures.faulty").count()).isEqualTo(1);
    }

    @Test
    void oneInAHundredOfTheOthersIsVerified() throws Exception {
        KeyPair pair = pair("EC");
        CheckedSigner signer = signer(pair, SignatureAlgorithm.ES256, SignatureChecks.RSA);
        Key key = key(pair, KeyType.EC, null, Curve.P_256);
        faulty = true;
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            try {
                sign(signer, key, SignatureAlgorithm.ES256);
            } catch (HsmException e) {
                refused++;
            }
        }
        assertThat(refused).isEqualTo(2);
    }

    @Test
    void allOrNoneAreVerifiedWhereThatIsConfigured() throws Exception {
        KeyPair pair = pair("EC");
        Key key = key(pair, KeyType.EC, null, Curve.P_256);
        faulty = true;
        CheckedSigner all = signer(pair, SignatureAlgorithm.ES256, SignatureChecks.ALL);
        assertFaulty(all, key, SignatureAlgorithm.ES256);
        assertFaulty(all, key, SignatureAlgorithm.ES256);
        CheckedSigner none = signer(pair, SignatureAlgorithm.ES256, SignatureChecks.OFF);
        assertThat(sign(none, key, SignatureAlgorithm.ES256)).hasSize(64);
    }

    @Test
    void ofSeveralTheFaultyOneAloneStays() throws Exception {
        KeyPair pair = pair("RSA");
        Key key = key(pair, KeyType.RSA, 2048, null);
        byte[] input = SignatureAlgorithm.RS256.toBeSigned(MESSAGE);
        CheckedSigner signer = signer(pair, SignatureAlgorithm.RS256, SignatureChecks.RSA);
        faultyOne = 2;
        List<byte @Nullable []> signatures =
                signer.signAll(SLOT, key, SignatureAlgorithm.RS256, List.of(input, input, input, input));
        assertThat(signatures).hasSize(4);
        assertThat(IntStream.range(0, 4).filter(i -> signatures.get(i) == null)).containsExactly(2);
        assertThat(meters.counter("slotgate.signatures.faulty").count()).isEqualTo(1);
    }

    private static void assertFaulty(CheckedSigner signer, Key key, SignatureAlgorithm algorithm) {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> sign(signer, key, algorithm))
                .returns(HsmFailure.SIGNATURE_FAULTY, HsmException::failure);
    }

    private static byte[] sign(CheckedSigner signer, Key key, SignatureAlgorithm algorithm) {
        return signer.sign(SLOT, key, algorithm, algorithm.toBeSigned(MESSAGE));
    }

    private CheckedSigner signer(KeyPair pair, SignatureAlgorithm made, SignatureChecks checks) {
        return new CheckedSigner(new SoftwareSigner(pair, made), new CryptoSettings(checks), meters);
    }

    private final class SoftwareSigner implements Signer {

        private final KeyPair pair;
        private final SignatureAlgorithm made;

        SoftwareSigner(KeyPair pair, SignatureAlgorithm made) {
            this.pair = pair;
            this.made = made;
        }

        @Override
        public byte[] sign(SlotId slot, KeyId key, SignatureAlgorithm algorithm, byte[] input) {
            try {
                Signature signature = JdkSignatures.of(made);
                signature.initSign(pair.getPrivate());
                signature.update(MESSAGE);
                byte[] signed = signature.sign();
                signed[signed.length - 1] ^= (byte) (faulty || faultyOne-- == 0 ? 1 : 0);
                return signed;
            } catch (java.security.GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public List<byte[]> signAll(SlotId slot, KeyId key, SignatureAlgorithm algorithm, List<byte[]> inputs) {
            return inputs.stream()
                    .map(input -> sign(slot, key, algorithm, input))
                    .toList();
        }
    }

    private static KeyPair pair(String type) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
        if (type.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    private static Key key(KeyPair pair, KeyType type, @Nullable Integer size, @Nullable Curve curve) {
        return TestKeys.signing(SLOT, "aa", null, type, size, curve, pair.getPublic());
    }
}
