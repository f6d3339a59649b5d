package dev.slotgate.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.SignatureVerifier;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.remote.wire.Mechanism;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the gateway's algorithms make of the mechanisms of PKCS#11, compared with the JDK's. */
class SignatureWorkTests {

    private static final Allowance ALLOWANCE = new Allowance();
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource({
        "secp256r1, SHA-256, SHA256withECDSAinP1363Format, 64",
        "secp256r1, SHA-512, SHA512withECDSAinP1363Format, 64",
        "secp384r1, SHA-256, SHA256withECDSAinP1363Format, 96",
        "secp384r1, SHA-384, SHA384withECDSAinP1363Format, 96",
        "secp521r1, SHA-256, SHA256withECDSAinP1363Format, 132",
        "secp521r1, SHA-512, SHA512withECDSAinP1363Format, 132",
    })
    void aDigestOfAnyHashIsWhatEcdsaTakes(String curve, String hash, String jca, int length) throws Exception {
        KeyPair keys = onCurve(curve);
        Signature signature = Signature.getInstance(jca);
        signature.initSign(keys.getPrivate());
        signature.update(MESSAGE);
        var work = new SignatureWork(new Mechanism(0x1041, List.of()), object(keys), ALLOWANCE);
        work.message().add(Hash.NAMES.find(hash).orElseThrow().digest(MESSAGE));

        SignedInput input = work.finish();

        assertThat(work.length()).isEqualTo(length);
        assertThat(SignatureVerifier.verify(keys.getPublic(), input.algorithm(), input.bytes(), signature.sign()))
                .isTrue();
    }

    @Test
    void aDigestInfoTellsItsHash() throws Exception {
        RemoteObject rsa = object(rsa());
        for (Hash hash : Hash.values()) {
            var work = new SignatureWork(new Mechanism(0x1, List.of()), rsa, ALLOWANCE);
            byte[] digest = hash.digest(MESSAGE);
            work.message().add(hash.digestInfo(digest));
            SignedInput input = work.finish();
            assertThat(input.algorithm().hash()).isEqualTo(hash);
            assertThat(input.bytes()).isEqualTo(digest);
        }
        var bare = new SignatureWork(new Mechanism(0x1, List.of()), rsa, ALLOWANCE);
        bare.message().add(MESSAGE);
        assertThatExceptionOfType(CallRefused.class)
                .isThrownBy(bare::finish)
                .extracting(CallRefused::code)
                .isEqualTo(ReturnCode.DATA_INVALID);
    }

    @Test
    void pssTakesTheMaskAndTheSaltOfItsHashAlone() throws Exception {
        RemoteObject rsa = object(rsa());
        var work = new SignatureWork(new Mechanism(0x43, List.of(0x250L, 2L, 32L)), rsa, ALLOWANCE);
        work.message().add(MESSAGE);

        assertThat(work.finish().algorithm()).isEqualTo(SignatureAlgorithm.PS256);
        for (List<Object> wrong : List.of(
                List.<Object>of(0x220L, 1L, 20L),
                List.<Object>of(0x250L, 1L, 32L),
                List.<Object>of(0x250L, 2L, 20L),
                List.<Object>of(0x260L, 3L, 48L),
                List.<Object>of())) {
            assertThatExceptionOfType(CallRefused.class)
                    .isThrownBy(() -> new SignatureWork(new Mechanism(0x43, wrong), rsa, ALLOWANCE))
                    .extracting(CallRefused::code)
                    .isEqualTo(ReturnCode.MECHANISM_PARAM_INVALID);
        }
    }

    @Test
    void aKeyOfAnotherTypeIsRefused() throws Exception {
        RemoteObject ec = object(onCurve("secp256r1"));

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> new SignatureWork(new Mechanism(0x40, List.of()), ec, ALLOWANCE));
        assertThatExceptionOfType(CallRefused.class)
                .isThrownBy(() -> new SignatureWork(new Mechanism(0x6, List.of()), ec, ALLOWANCE))
                .extracting(CallRefused::code)
                .isEqualTo(ReturnCode.MECHANISM_INVALID);
    }

    private static KeyPair onCurve(String name) throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(name));
        return generator.generateKeyPair();
    }

    private static KeyPair rsa() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static RemoteObject object(KeyPair keys) {
        var slot = new SlotId(0);
        return new RemoteObject(
                new RemoteObject.Identity(slot, Cryptoki.PUBLIC_KEY, null),
                Map.of(),
                null,
                keys.getPublic(),
                new RemoteSession(1, slot, false));
    }
}
