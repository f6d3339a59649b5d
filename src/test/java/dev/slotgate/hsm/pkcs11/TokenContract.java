package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.JdkSignatures;
import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAttributes;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.PinFlags;
import dev.slotgate.hsm.PinState;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.SignatureVerifier;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.Usage;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/**
 * What every token must do behind the port. A test that needs a mechanism is skipped on a token that does not list it, and
 * says so.
 */
abstract class TokenContract extends SharedTokenContract {

    private static final SlotId NOWHERE = new SlotId(77);

    @Test
    void theSlotIsDescribedAsTheTokenTells() {
        Slot slot = engine.slots().get(SLOT);

        assertThat(slot.label()).isEqualTo(token.label());
        assertThat(slot.state()).isEqualTo(SlotState.READY);
        assertThat(slot.pinState()).isEqualTo(PinState.OK);
        assertThat(slot.userPin()).isEqualTo(new PinFlags(false, false, false));
        assertThat(slot.manufacturer()).isNotBlank();
        assertThat(slot.serial()).isNotBlank();
        assertThat(slot.uri()).startsWith("pkcs11:").contains("token=" + token.label(), "serial=" + slot.serial());
        assertThat(slot.minPinLength()).isPositive().isLessThanOrEqualTo(slot.maxPinLength());
        assertThat(slot.sessions().max()).isBetween(1, 8);
        assertThat(engine.slots().statuses()).containsOnlyKeys(SLOT);
        assertThat(engine.status(SLOT).state()).isEqualTo(SlotState.READY);
    }

    @Test
    void aSlotThatIsNotThereIsNotFound() {
        assertFails(HsmFailure.SLOT_NOT_FOUND, () -> engine.slots().get(NOWHERE));
        assertFails(HsmFailure.SLOT_NOT_FOUND, () -> keys.list(NOWHERE));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aGeneratedPairIsHiddenForOnePurposeAndFoundAgain(KeySpec spec) {
        assumeGenerates(spec);
        Key key = generate("pair " + spec, spec, Usage.SIGN);

        assertThat(key.keyClass()).isEqualTo(KeyClass.PRIVATE);
        assertThat(key.type()).isEqualTo(spec.type());
        assertThat(key.curve()).isEqualTo(spec.curve());
        assertThat(key.usage()).containsExactly(Usage.SIGN);
        assertThat(key.attributes()).isEqualTo(new KeyAttributes(true, false, true, true, true, true));
        assertThat(key.publicKey()).isNotNull();
        assertThat(keys.get(SLOT, key.id())).isEqualTo(key);
        assertThat(keys.find(SLOT, key.id().hex())).isEqualTo(key);
        assertThat(keys.find(SLOT, "pair " + spec)).isEqualTo(key);
        assertThat(keys.list(SLOT)).contains(key);
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGN", "DECRYPT", "WRAP"})
    void everyUsageOfRsaIsReadBackAsItself(Usage usage) {
        assumeGenerates(RSA);
        assertThat(generate("rsa " + usage, RSA, usage).usage()).containsExactly(usage);
    }

    @Test
    void aKeyThatMayLeaveTheTokenIsStillSensitive() {
        assumeGenerates(RSA);
        Key key = keys.generate(SLOT, new NewKey(KeyId.random(), null, RSA, Usage.SIGN, true));

        assertThat(key.attributes().extractable()).isTrue();
        assertThat(key.attributes().sensitive()).isTrue();
        assertThat(key.attributes().neverExtractable()).isFalse();
        assertThat(key.label()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void theJdkVerifiesWhatTheTokenSigned(SignatureAlgorithm algorithm) throws Exception {
        assumeSigns(algorithm);
        Key key = generate("signs " + algorithm, specFor(algorithm), Usage.SIGN);

        assertThat(verifies(key, algorithm, sign(key, algorithm))).isTrue();
        assertThat(keys.find(SLOT, "signs " + algorithm)).isEqualTo(key);
    }

    @Test
    void severalAreSignedInTheirOrder() throws Exception {
        assumeGenerates(RSA);
        Key key = generate("several", RSA, Usage.SIGN);
        List<byte[]> messages = List.of(new byte[] {1}, new byte[] {2}, new byte[] {3});
        List<byte[]> inputs =
                messages.stream().map(SignatureAlgorithm.RS256::toBeSigned).toList();

        var signatures = new ArrayList<byte[]>();
        while (signatures.size() < 3) {
            // A call makes at least one, and no more than go together at the token's pace.
            List<byte[]> made = engine.signer()
                    .signAll(SLOT, key.id(), SignatureAlgorithm.RS256, inputs.subList(signatures.size(), 3));
            assertThat(made).isNotEmpty();
            signatures.addAll(made);
        }

        assertThat(signatures).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(SignatureVerifier.verify(
                            Objects.requireNonNull(key.publicKey()),
                            SignatureAlgorithm.RS256,
                            SignatureAlgorithm.RS256.toBeSigned(messages.get(i)),
                            signatures.get(i)))
                    .isTrue();
        }
    }

    @Test
    void aKeyMadeForSomethingElseDoesNotSign() {
        assumeGenerates(RSA);
        Key key = generate("decrypts", RSA, Usage.DECRYPT);
        assertFails(HsmFailure.KEY_USAGE, () -> sign(key, SignatureAlgorithm.RS256));
    }

    @Test
    void aKeyThatIsNotThereIsNotFound() {
        KeyId nobody = new KeyId("00ff");
        assertFails(HsmFailure.KEY_NOT_FOUND, () -> keys.get(SLOT, nobody));
        assertFails(HsmFailure.KEY_NOT_FOUND, () -> keys.find(SLOT, "nobody"));
        assertFails(
                HsmFailure.KEY_NOT_FOUND,
                () -> engine.signer().sign(SLOT, nobody, SignatureAlgorithm.RS256, new byte[32]));
    }

    @Test
    void aKeyThatWasDestroyedElsewhereDoesNotSign() throws Exception {
        assumeGenerates(RSA);
        Key key = generate("short-lived", RSA, Usage.SIGN);
        assertThat(verifies(key, SignatureAlgorithm.RS256, sign(key, SignatureAlgorithm.RS256)))
                .isTrue();
        byte[] id = key.id().bytes();
        anotherProgram(session -> {
            for (long handle : session.findAllObjectsSingle(new AttributeVector().id(id))) {
                session.destroyObject(handle);
            }
            return true;
        });
        assertFails(HsmFailure.KEY_NOT_FOUND, () -> sign(key, SignatureAlgorithm.RS256));
        assertFails(HsmFailure.KEY_NOT_FOUND, () -> keys.get(SLOT, key.id()));
        assertThat(keys.list(SLOT)).doesNotContain(key);
    }

    @Test
    void twinsThatWantOneLabelGetOneKey() throws Exception {
        assumeGenerates(RSA);
        var made = new AtomicInteger();
        var refused = new AtomicInteger();
        Concurrently.run(8, () -> {
            try {
                generate("wanted", RSA, Usage.SIGN);
                return made.incrementAndGet();
            } catch (HsmException e) {
                assertThat(e.failure()).isEqualTo(HsmFailure.LABEL_IN_USE);
                return refused.incrementAndGet();
            }
        });
        assertThat(made).hasValue(1);
        assertThat(refused).hasValue(7);
        assertThat(keys.find(SLOT, "wanted").label()).isEqualTo("wanted");
    }

    @Test
    void keysThatShareALabelAreToldApartByTheirIds() {
        KeyId one = importAesKey("shared", "a1");
        KeyId two = importAesKey("shared", "a2");

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> keys.find(SLOT, "shared"))
                .returns(HsmFailure.AMBIGUOUS_KEY, HsmException::failure)
                .satisfies(e -> assertThat(e.candidates()).containsExactlyInAnyOrder(one, two));
        assertThat(keys.find(SLOT, "a1").id()).isEqualTo(one);
    }

    @Test
    void keysThatShareAnIdCannotBeNamed() {
        KeyId id = importAesKey("twin", "b1");
        importAesKey("twin", "b1");

        assertFails(HsmFailure.AMBIGUOUS_KEY, () -> keys.get(SLOT, id));
    }

    @Test
    void anIdWinsOverALabelThatReadsTheSame() {
        KeyId id = importAesKey("some label", "c1");
        importAesKey("c1", "c2");

        assertThat(keys.find(SLOT, "c1").id()).isEqualTo(id);
    }

    @Test
    void aKeyMadeElsewhereIsListedAsItIs() {
        KeyId id = importAesKey("made elsewhere", "d1");
        Key key = keys.get(SLOT, id);

        assertThat(key.keyClass()).isEqualTo(KeyClass.SECRET);
        assertThat(key.attributes().local()).isFalse();
        assertThat(key.usage()).containsExactlyInAnyOrder(Usage.ENCRYPT, Usage.WRAP);
        assertThat(key.publicKey()).isNull();
        assertThat(keys.list(SLOT)).contains(key);
    }

    @Test
    void theListIsOrderedById() {
        Stream.of("e3", "e1", "e2").forEach(id -> importAesKey("listed " + id, id));

        assertThat(keys.list(SLOT))
                .extracting(Key::id)
                .isSortedAccordingTo(Comparator.naturalOrder())
                .contains(new KeyId("e1"), new KeyId("e2"), new KeyId("e3"));
    }

    @Test
    void whatWasMadeWholeIsSettledAndWhatWasNotIsDestroyed() {
        assumeGenerates(RSA);
        Key whole = generate("whole", RSA, Usage.SIGN);
        Key half = generate("half", RSA, Usage.SIGN);
        byte[] halfId = half.id().bytes();
        anotherProgram(session -> {
            var template = new AttributeVector()
                    .class_(PKCS11Constants.CKO_PRIVATE_KEY)
                    .id(halfId);
            session.destroyObject(session.findAllObjectsSingle(template)[0]);
            return true;
        });

        assertThat(keys.settle(SLOT, whole.id(), KeyClass.PRIVATE)).isTrue();
        assertThat(keys.settle(SLOT, half.id(), KeyClass.PRIVATE)).isFalse();
        assertThat(keys.settle(SLOT, KeyId.random(), KeyClass.PRIVATE)).isFalse();
        assertThat(keys.list(SLOT)).contains(whole).extracting(Key::id).doesNotContain(half.id());
    }

    @Test
    void manyCallersSignAtOnceAndEverySignatureIsRight() throws Exception {
        assumeGenerates(RSA);
        Key key = generate("busy", RSA, Usage.SIGN);

        Concurrently.run(200, () -> {
            assertThat(verifies(key, SignatureAlgorithm.RS256, sign(key, SignatureAlgorithm.RS256)))
                    .isTrue();
            return true;
        });
        assertThat(engine.slots().get(SLOT).sessions().inUse()).isZero();
        assertThat(engine.slots().get(SLOT).sessions().open()).isBetween(1, 8);
    }

    private static List<KeySpec> specs() {
        return List.of(
                RSA,
                new KeySpec.Rsa(3072),
                new KeySpec.OnCurve(Curve.P_256),
                new KeySpec.OnCurve(Curve.P_384),
                new KeySpec.OnCurve(Curve.P_521),
                new KeySpec.OnCurve(Curve.SECP256K1),
                new KeySpec.OnCurve(Curve.ED25519));
    }

    private static KeySpec specFor(SignatureAlgorithm algorithm) {
        return algorithm.curve().<KeySpec>map(KeySpec.OnCurve::new).orElse(RSA);
    }

    private void assumeSigns(SignatureAlgorithm algorithm) {
        assumeGenerates(specFor(algorithm));
        assumeHas(
                switch (algorithm.scheme()) {
                    case RSA_PKCS1 -> PKCS11Constants.CKM_RSA_PKCS;
                    case RSA_PSS -> PKCS11Constants.CKM_RSA_PKCS_PSS;
                    case ECDSA -> PKCS11Constants.CKM_ECDSA;
                    case EDDSA -> PKCS11Constants.CKM_EDDSA;
                });
    }

    private Key generate(String label, KeySpec spec, Usage usage) {
        return keys.generate(SLOT, new NewKey(KeyId.random(), label, spec, usage, false));
    }

    private byte[] sign(Key key, SignatureAlgorithm algorithm) {
        return engine.signer().sign(SLOT, key.id(), algorithm, algorithm.toBeSigned(MESSAGE));
    }

    /** A key as other programs make it: several usages, no care taken. */
    private KeyId importAesKey(String label, String id) {
        KeyId keyId = new KeyId(id);
        byte[] bytes = keyId.bytes();
        anotherProgram(session -> session.createObject(AttributeVector.newAESSecretKey()
                .token(true)
                .private_(true)
                .id(bytes)
                .label(label)
                .value(new byte[32])
                .sign(false)
                .verify(false)
                .encrypt(true)
                .decrypt(true)
                .wrap(true)
                .unwrap(true)
                .derive(false)));
        return keyId;
    }

    private static boolean verifies(Key key, SignatureAlgorithm algorithm, byte[] signature) throws Exception {
        PublicKey publicKey = Objects.requireNonNull(key.publicKey());
        Signature verifier = JdkSignatures.of(algorithm);
        verifier.initVerify(publicKey);
        verifier.update(MESSAGE);
        return verifier.verify(signature);
    }
}
