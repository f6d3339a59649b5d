package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.JdkSignatures;
import dev.slotgate.SoftHsm;
import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAttributes;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.PinState;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.Usage;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.KeyPairTemplate;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/** The adapter on real tokens of SoftHSM, in a folder of its own. */
class SoftHsmIntegrationTests {

    private static final SlotId SLOT = new SlotId(0);
    private static final SlotId WITHOUT_PIN = new SlotId(1);
    private static final SlotId WITH_WRONG_PIN = new SlotId(2);
    private static final SlotId TO_LOCK = new SlotId(3);
    private static final SlotId TO_UNLOCK = new SlotId(4);
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final Map<String, String> PINS = Map.of("good", TestTokens.USER_PIN, "wrong-pin", "not-the-pin");

    @TempDir
    static Path folder;

    private static TestTokens tokens;
    private static BoundSlots slots;
    private static Pkcs11Keys keys;
    private static Pkcs11Signer signer;

    @BeforeAll
    static void provisionAndBind() throws Exception {
        tokens = TestTokens.provision(
                folder, SoftHsm.library(), List.of("good", "unknown-pin", "wrong-pin", "to-lock", "to-unlock"));
        slots = tokens.bind(PINS);
        keys = new Pkcs11Keys(slots);
        signer = new Pkcs11Signer(slots);
    }

    @AfterAll
    static void close() {
        if (tokens != null) {
            tokens.close();
        }
    }

    @Test
    void describesItsSlots() {
        Slot slot = slots.get(SLOT);

        assertThat(slot.label()).isEqualTo("good");
        assertThat(slot.state()).isEqualTo(SlotState.READY);
        assertThat(slot.pinState()).isEqualTo(PinState.OK);
        assertThat(slot.manufacturer()).isEqualTo("SoftHSM project");
        assertThat(slot.serial()).hasSize(16);
        assertThat(slot.uri()).startsWith("pkcs11:").contains("token=good").contains("serial=" + slot.serial());
        assertThat(slot.minPinLength()).isEqualTo(4);
        assertThat(slot.sessions().max()).isEqualTo(8);
        assertThat(slots.statuses()).containsOnlyKeys(SLOT, WITHOUT_PIN, WITH_WRONG_PIN, TO_LOCK, TO_UNLOCK);
    }

    @Test
    void aSlotThatIsNotThereIsNotFound() {
        assertFails(HsmFailure.SLOT_NOT_FOUND, () -> slots.get(new SlotId(77)));
        assertFails(HsmFailure.SLOT_NOT_FOUND, () -> keys.list(new SlotId(77)));
    }

    @Test
    void aSlotWithoutAPinIsLocked() {
        assertThat(slots.get(WITHOUT_PIN).state()).isEqualTo(SlotState.LOCKED);
        assertFails(HsmFailure.SLOT_LOCKED, () -> keys.list(WITHOUT_PIN));
    }

    @Test
    void aWrongPinLocksTheSlotAfterOneTry() {
        for (int i = 0; i < 3; i++) {
            assertFails(HsmFailure.SLOT_LOCKED, () -> keys.list(WITH_WRONG_PIN));
        }
        Slot slot = slots.get(WITH_WRONG_PIN);
        assertThat(slot.state()).isEqualTo(SlotState.LOCKED);
        assertThat(slot.userPin().countLow()).isTrue();
        assertThat(slot.userPin().finalTry()).isFalse();
    }

    @Test
    void generatedPairsAreHiddenAndForOnePurpose() {
        for (KeySpec spec : List.of(new KeySpec.Rsa(2048), new KeySpec.Ec(Curve.P_384))) {
            Key key = keys.generate(SLOT, order("policy-" + spec.type(), spec, Usage.SIGN));

            assertThat(key.keyClass()).isEqualTo(KeyClass.PRIVATE);
            assertThat(key.type()).isEqualTo(spec.type());
            assertThat(key.usage()).containsExactly(Usage.SIGN);
            assertThat(key.attributes()).isEqualTo(new KeyAttributes(true, false, true, true, true, true));
            assertThat(key.publicKey()).isNotNull();
            assertThat(keys.get(SLOT, key.id())).isEqualTo(key);
            assertThat(keys.find(SLOT, key.id().hex())).isEqualTo(key);
            assertThat(keys.find(SLOT, "policy-" + spec.type())).isEqualTo(key);
            assertThat(keys.list(SLOT)).contains(key);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGN", "DECRYPT", "WRAP"})
    void everyUsageOfRsaIsReadBackAsItself(Usage usage) {
        Key key = keys.generate(SLOT, order("rsa-" + usage, new KeySpec.Rsa(2048), usage));
        assertThat(key.usage()).containsExactly(usage);
    }

    @Test
    void anExtractableKeyIsStillSensitive() {
        NewKey order = new NewKey(KeyId.random(), null, new KeySpec.Ec(Curve.P_256), Usage.DERIVE, true);
        Key key = keys.generate(SLOT, order);

        assertThat(key.attributes().extractable()).isTrue();
        assertThat(key.attributes().sensitive()).isTrue();
        assertThat(key.usage()).containsExactly(Usage.DERIVE);
        assertThat(key.label()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void theJdkVerifiesWhatTheTokenSigned(SignatureAlgorithm algorithm) throws Exception {
        KeySpec spec = algorithm.curve().<KeySpec>map(KeySpec.Ec::new).orElseGet(() -> new KeySpec.Rsa(2048));
        Key key = keys.generate(SLOT, order("signs-" + algorithm, spec, Usage.SIGN));

        byte[] signature =
                signer.sign(SLOT, key.id(), algorithm, algorithm.hash().digest(MESSAGE));

        assertThat(verifies(publicKey(key), algorithm, signature)).isTrue();
    }

    @Test
    void aKeyMadeForSomethingElseDoesNotSign() {
        Key key = keys.generate(SLOT, order("decrypts", new KeySpec.Rsa(2048), Usage.DECRYPT));
        assertFails(HsmFailure.KEY_USAGE, () -> signer.sign(SLOT, key.id(), SignatureAlgorithm.RS256, new byte[32]));
    }

    @Test
    void aKeyThatIsNotThereIsNotFound() {
        KeyId nobody = new KeyId("00ff");
        assertFails(HsmFailure.KEY_NOT_FOUND, () -> keys.get(SLOT, nobody));
        assertFails(HsmFailure.KEY_NOT_FOUND, () -> keys.find(SLOT, "nobody"));
        assertFails(HsmFailure.KEY_NOT_FOUND, () -> signer.sign(SLOT, nobody, SignatureAlgorithm.ES256, new byte[32]));
    }

    @Test
    void twinsThatWantOneLabelGetOneKey() throws Exception {
        var made = new AtomicInteger();
        var refused = new AtomicInteger();
        Concurrently.run(16, () -> {
            try {
                keys.generate(SLOT, order("wanted", new KeySpec.Ec(Curve.P_256), Usage.SIGN));
                return made.incrementAndGet();
            } catch (HsmException e) {
                assertThat(e.failure()).isEqualTo(HsmFailure.LABEL_IN_USE);
                return refused.incrementAndGet();
            }
        });
        assertThat(made).hasValue(1);
        assertThat(refused).hasValue(15);
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
    void anIdWinsOverALabelThatReadsTheSame() {
        KeyId id = importAesKey("some label", "b1");
        importAesKey("b1", "b2");

        assertThat(keys.find(SLOT, "b1").id()).isEqualTo(id);
    }

    @Test
    void keysMadeElsewhereAreListedAsTheyAre() {
        KeyId id = importAesKey("made elsewhere", "c1");
        Key key = keys.get(SLOT, id);

        assertThat(key.keyClass()).isEqualTo(KeyClass.SECRET);
        assertThat(key.attributes().local()).isFalse();
        assertThat(key.usage()).containsExactlyInAnyOrder(Usage.ENCRYPT, Usage.WRAP);
        assertThat(key.publicKey()).isNull();
        assertThat(keys.list(SLOT)).contains(key);
    }

    @Test
    void manyCallersSignAtOnceAndEverySignatureIsRight() throws Exception {
        Key key = keys.generate(SLOT, order("busy", new KeySpec.Ec(Curve.P_256), Usage.SIGN));
        byte[] digest = SignatureAlgorithm.ES256.hash().digest(MESSAGE);

        Concurrently.run(300, () -> {
            byte[] signature = signer.sign(SLOT, key.id(), SignatureAlgorithm.ES256, digest);
            assertThat(verifies(publicKey(key), SignatureAlgorithm.ES256, signature))
                    .isTrue();
            return true;
        });
        assertThat(slots.get(SLOT).sessions().inUse()).isZero();
        assertThat(slots.get(SLOT).sessions().open()).isBetween(1, 8);
    }

    @Test
    void aPairWhoseHalvesCanGiveAKeyAwayShowsBothUsages() throws Exception {
        var template = new KeyPairTemplate(CKK_RSA)
                .token(true)
                .id(new byte[] {(byte) 0xd1})
                .labels("wrap and decrypt")
                .signVerify(false)
                .unwrapWrap(false)
                .decryptEncrypt(false);
        template.publicKey()
                .modulusBits(2048)
                .publicExponent(BigInteger.valueOf(65537))
                .wrap(true);
        template.privateKey().sensitive(true).decrypt(true);
        slots.bound(SLOT).read(session -> session.generateKeyPair(new Mechanism(CKM_RSA_PKCS_KEY_PAIR_GEN), template));

        assertThat(keys.find(SLOT, "wrap and decrypt").usage()).containsExactlyInAnyOrder(Usage.DECRYPT, Usage.WRAP);
    }

    @Test
    void aPublicHalfThatSomebodyElseWroteIsNotBelieved() {
        Key key = keys.generate(SLOT, order("victim", new KeySpec.Ec(Curve.P_256), Usage.SIGN));
        Key other = keys.generate(SLOT, order("other", new KeySpec.Ec(Curve.P_256), Usage.SIGN));
        byte[] spki = publicKey(other).getEncoded();
        slots.bound(SLOT)
                .read(session -> session.createObject(AttributeVector.newECPublicKey()
                        .token(true)
                        .private_(false)
                        .id(key.id().bytes())
                        .label("evil")
                        .verify(true)
                        .ecParams(Curve.P_256.parameters())
                        .ecPoint(Arrays.copyOfRange(spki, spki.length - 65, spki.length))));

        assertThat(keys.get(SLOT, key.id()).publicKey()).isNull();
        assertFails(HsmFailure.KEY_NOT_FOUND, () -> keys.find(SLOT, "evil"));
        assertThat(signer.sign(SLOT, key.id(), SignatureAlgorithm.ES256, new byte[32]))
                .hasSize(64);
    }

    @Test
    void objectsThatNoKeyCanBeNamedByDoNotDisturbTheList() {
        int before = keys.list(SLOT).size();
        for (byte[] id : new byte[][] {{}, new byte[300]}) {
            slots.bound(SLOT)
                    .read(session -> session.createObject(AttributeVector.newAESSecretKey()
                            .token(true)
                            .id(id)
                            .label("nameless")
                            .value(new byte[32])));
        }
        assertThat(keys.list(SLOT)).hasSize(before);
        assertFails(
                HsmFailure.LABEL_IN_USE,
                () -> keys.generate(SLOT, order("nameless", new KeySpec.Ec(Curve.P_256), Usage.SIGN)));
    }

    @Test
    void aKeyThatAnotherProgramDestroyedIsNotFoundWhenItIsUsed() {
        Key key = keys.generate(SLOT, order("destroyed", new KeySpec.Ec(Curve.P_256), Usage.SIGN));
        assertThat(keys.find(SLOT, "destroyed")).isEqualTo(key);
        pkcs11Tool("--delete-object", "--type", "privkey", "--id", key.id().hex());
        assertFails(
                HsmFailure.KEY_NOT_FOUND, () -> signer.sign(SLOT, key.id(), SignatureAlgorithm.ES256, new byte[32]));
        assertThat(keys.list(SLOT)).noneMatch(listed -> listed.equals(key));
    }

    @Test
    void aKeyThatAnotherProgramMadeIsListedAndUsed() {
        pkcs11Tool(
                "--keypairgen", "--key-type", "EC:prime256v1", "--usage-sign", "--id", "e5", "--label", "made there");
        assertThat(keys.list(SLOT)).anyMatch(key -> "made there".equals(key.label()));
        Key key = keys.find(SLOT, "made there");
        assertThat(signer.sign(SLOT, key.id(), SignatureAlgorithm.ES256, new byte[32]))
                .hasSize(64);
    }

    @Test
    void anotherKeyInThePlaceOfOneThatWasUsedIsRefusedUntilSomebodyLooksAtIt() {
        Key key = keys.generate(SLOT, order("replaced", new KeySpec.Ec(Curve.P_256), Usage.SIGN));
        signer.sign(SLOT, key.id(), SignatureAlgorithm.ES256, new byte[32]);
        for (String type : List.of("privkey", "pubkey")) {
            pkcs11Tool("--delete-object", "--type", type, "--id", key.id().hex());
        }
        pkcs11Tool(
                "--keypairgen",
                "--key-type",
                "EC:prime256v1",
                "--usage-sign",
                "--id",
                key.id().hex(),
                "--label",
                "replaced");
        assertFails(HsmFailure.KEY_CHANGED, () -> signer.sign(SLOT, key.id(), SignatureAlgorithm.ES256, new byte[32]));
        assertThat(keys.get(SLOT, key.id()).publicKey()).isNotEqualTo(key.publicKey());
        assertThat(signer.sign(SLOT, key.id(), SignatureAlgorithm.ES256, new byte[32]))
                .hasSize(64);
    }

    @Test
    void workThatNeedsTheSecurityOfficerHasTheTokenAlone() throws Exception {
        Key key = keys.generate(SLOT, order("under load", new KeySpec.Ec(Curve.P_256), Usage.SIGN));
        var stop = new AtomicBoolean();
        var signed = new AtomicInteger();
        Thread load = Thread.ofVirtual().start(() -> {
            while (!stop.get()) {
                signer.sign(SLOT, key.id(), SignatureAlgorithm.ES256, new byte[32]);
                signed.incrementAndGet();
            }
        });
        for (int i = 0; i < 20; i++) {
            slots.bound(SLOT).exclusively(() -> asSecurityOfficer("good"));
        }
        stop.set(true);
        load.join();
        assertThat(signed).hasPositiveValue();
        assertThat(slots.get(SLOT).state()).isIn(SlotState.READY, SlotState.LOCKED);
        assertThat(signer.sign(SLOT, key.id(), SignatureAlgorithm.ES256, new byte[32]))
                .hasSize(64);
    }

    private static boolean asSecurityOfficer(String label) {
        try {
            Session session = tokens.token(label).openSession(true);
            session.login(CKU_SO, ("so-" + label).toCharArray());
            session.closeSession();
            return true;
        } catch (TokenException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pkcs11Tool(String... arguments) {
        tokens.pkcs11Tool("good", arguments);
    }

    @Test
    void aSlotThatIsLockedForgetsItsPinAndIsUnlockedByTheRightOneOnly() throws Exception {
        BoundSlots own = tokens.bind(Map.of("to-lock", TestTokens.USER_PIN));
        var logins = new Pkcs11Logins(own);
        assertThat(own.get(TO_LOCK).state()).isEqualTo(SlotState.READY);
        logins.lock(TO_LOCK);
        assertThat(own.get(TO_LOCK).state()).isEqualTo(SlotState.LOCKED);
        assertFails(HsmFailure.SLOT_LOCKED, () -> new Pkcs11Keys(own).list(TO_LOCK));
        assertFails(HsmFailure.PIN_INCORRECT, () -> logins.unlock(TO_LOCK, TestTokens.pin("wrong-one"), false));
        assertThat(own.get(TO_LOCK).userPin().countLow()).isTrue();
        assertFails(HsmFailure.PIN_TRIES_LOW, () -> logins.unlock(TO_LOCK, TestTokens.pin(TestTokens.USER_PIN), false));
        logins.unlock(TO_LOCK, TestTokens.pin(TestTokens.USER_PIN), true);
        assertThat(own.get(TO_LOCK).state()).isEqualTo(SlotState.READY);
        assertThat(own.get(TO_LOCK).userPin().countLow()).isFalse();
        assertThat(new Pkcs11Keys(own).list(TO_LOCK)).isEmpty();
    }

    @Test
    void aWrongPinThatSomebodyGivesChangesNothing() {
        BoundSlots own = tokens.bind(Map.of("to-unlock", TestTokens.USER_PIN));
        assertFails(
                HsmFailure.PIN_INCORRECT,
                () -> new Pkcs11Logins(own).unlock(TO_UNLOCK, TestTokens.pin("wrong-one"), false));
        assertThat(own.get(TO_UNLOCK).state()).isEqualTo(SlotState.READY);
        assertThat(own.get(TO_UNLOCK).userPin().countLow()).isFalse();
        long logins = own.bound(TO_UNLOCK).status().logins();
        new Pkcs11Logins(own).unlock(TO_UNLOCK, TestTokens.pin(TestTokens.USER_PIN), false);
        assertThat(own.bound(TO_UNLOCK).status().logins())
                .as("the PIN in use costs no login")
                .isEqualTo(logins);
    }

    /** A key as other programs make it: several usages, no care taken. */
    private static KeyId importAesKey(String label, String id) {
        KeyId keyId = new KeyId(id);
        slots.bound(SLOT)
                .read(session -> session.createObject(AttributeVector.newAESSecretKey()
                        .token(true)
                        .id(keyId.bytes())
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

    private static NewKey order(String label, KeySpec spec, Usage usage) {
        return new NewKey(KeyId.random(), label, spec, usage, false);
    }

    private static PublicKey publicKey(Key key) {
        return Objects.requireNonNull(key.publicKey());
    }

    private static boolean verifies(PublicKey key, SignatureAlgorithm algorithm, byte[] signature) throws Exception {
        Signature verifier = JdkSignatures.of(algorithm);
        verifier.initVerify(key);
        verifier.update(MESSAGE);
        return verifier.verify(signature);
    }

    private static void assertFails(HsmFailure failure, ThrowingCallable call) {
        assertThatExceptionOfType(HsmException.class).isThrownBy(call).returns(failure, HsmException::failure);
    }
}
