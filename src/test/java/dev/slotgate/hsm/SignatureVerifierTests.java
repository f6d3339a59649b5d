package dev.slotgate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.JdkSignatures;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against the signatures of the JDK, which knows nothing of ours. */
class SignatureVerifierTests {

    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

    @ParameterizedTest
    @EnumSource
    void acceptsWhatTheKeySigned(SignatureAlgorithm algorithm) throws Exception {
        KeyPair pair = pair(algorithm);
        assertThat(verify(pair, algorithm, MESSAGE, sign(pair, algorithm))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnotherMessage(SignatureAlgorithm algorithm) throws Exception {
        KeyPair pair = pair(algorithm);
        assertThat(verify(pair, algorithm, new byte[0], sign(pair, algorithm))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void refusesEverySignatureThatWasTouched(SignatureAlgorithm algorithm) throws Exception {
        KeyPair pair = pair(algorithm);
        byte[] signature = sign(pair, algorithm);
        for (int i = 0; i < signature.length; i += 7) {
            byte[] touched = signature.clone();
            touched[i] ^= 1;
            assertThat(verify(pair, algorithm, MESSAGE, touched)).isFalse();
        }
        byte[] allOnes = signature.clone();
        Arrays.fill(allOnes, (byte) 0xff);
        assertThat(verify(pair, algorithm, MESSAGE, allOnes)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void refusesEveryOtherLength(SignatureAlgorithm algorithm) throws Exception {
        KeyPair pair = pair(algorithm);
        byte[] signature = sign(pair, algorithm);
        byte[] longer = new byte[signature.length + 1];
        System.arraycopy(signature, 0, longer, 1, signature.length);

        assertThat(verify(pair, algorithm, MESSAGE, longer)).isFalse();
        assertThat(verify(pair, algorithm, MESSAGE, Arrays.copyOf(signature, signature.length - 1)))
                .isFalse();
        assertThat(verify(pair, algorithm, MESSAGE, new byte[0])).isFalse();
    }

    private static boolean verify(KeyPair pair, SignatureAlgorithm algorithm, byte[] message, byte[] signature) {
        return SignatureVerifier.verify(pair.getPublic(), algorithm, algorithm.toBeSigned(message), signature);
    }

    private static byte[] sign(KeyPair pair, SignatureAlgorithm algorithm) throws Exception {
        Signature signer = JdkSignatures.of(algorithm);
        signer.initSign(pair.getPrivate());
        signer.update(MESSAGE);
        return signer.sign();
    }

    private static KeyPair pair(SignatureAlgorithm algorithm) {
        return PAIRS.computeIfAbsent(algorithm.keyKind(), _ -> {
            try {
                KeyPairGenerator generator = generator(algorithm);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static KeyPairGenerator generator(SignatureAlgorithm algorithm) throws GeneralSecurityException {
        Curve curve = algorithm.curve().orElse(null);
        if (curve == null) {
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(2048);
            return rsa;
        }
        if (curve == Curve.ED25519) {
            return KeyPairGenerator.getInstance("Ed25519");
        }
        KeyPairGenerator ec = curve == Curve.SECP256K1
                ? KeyPairGenerator.getInstance("EC", new BouncyCastleProvider())
                : KeyPairGenerator.getInstance("EC");
        ec.initialize(new ECGenParameterSpec(curve.jcaName()));
        return ec;
    }

    /** Half of all such numbers are the y of no point, which the JDK finds out when it verifies. */
    @Test
    void nothingIsASignatureUnderWhatIsNoPoint() throws Exception {
        KeyFactory keys = KeyFactory.getInstance("Ed25519");
        for (int y = 2; y < 20; y++) {
            byte[] encoded = HexFormat.of().parseHex("302a300506032b6570032100%02x".formatted(y) + "00".repeat(31));
            PublicKey key = keys.generatePublic(new X509EncodedKeySpec(encoded));

            assertThat(SignatureVerifier.verify(key, SignatureAlgorithm.EdDSA, new byte[1], new byte[64]))
                    .isFalse();
        }
    }
}
