package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.SoftHsm;
import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.Keys;
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
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.KeyPairTemplate;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/** What the contract of all tokens does not say, on a real token of SoftHSM in a folder of its own. */
class SoftHsmIntegrationTests {

    private static final SlotId SLOT = new SlotId(0);

    @TempDir
    static Path folder;

    private static TestTokens tokens;
    private static BoundSlots slots;
    private static Keys keys;
    private static Pkcs11Signer signer;

    @BeforeAll
    static void provisionAndBind() throws Exception {
        tokens = TestTokens.provision(folder, SoftHsm.library(), List.of("good"));
        slots = tokens.bind(Map.of("good", TestTokens.USER_PIN));
        keys = TestTokens.keys(slots);
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
        assertThat(slots.statuses()).containsOnlyKeys(SLOT);
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
        Key key = keys.generate(SLOT, order("victim", new KeySpec.OnCurve(Curve.P_256), Usage.SIGN));
        Key other = keys.generate(SLOT, order("other", new KeySpec.OnCurve(Curve.P_256), Usage.SIGN));
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
    void anObjectWhoseIdIsTooLongDoesNotDisturbTheListAndOneWithoutIsNamedAllTheSame() {
        int before = keys.list(SLOT).size();
        for (byte[] id : new byte[][] {{}, new byte[300]}) {
            slots.bound(SLOT)
                    .read(session -> session.createObject(AttributeVector.newAESSecretKey()
                            .token(true)
                            .id(id)
                            .label("nameless")
                            .value(new byte[32])));
        }
        assertThat(keys.list(SLOT)).hasSize(before + 1);
        Key nameless = keys.find(SLOT, "nameless");
        assertThat(nameless.hasCkaId()).isFalse();
        assertThat(keys.get(SLOT, nameless.id())).isEqualTo(nameless);
        assertFails(
                HsmFailure.LABEL_IN_USE,
                () -> keys.generate(SLOT, order("nameless", new KeySpec.OnCurve(Curve.P_256), Usage.SIGN)));
    }

    @Test
    void aKeyThatAnotherProgramDestroyedIsNotFoundWhenItIsUsed() {
        Key key = keys.generate(SLOT, order("destroyed", new KeySpec.OnCurve(Curve.P_256), Usage.SIGN));
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
        Key key = keys.generate(SLOT, order("replaced", new KeySpec.OnCurve(Curve.P_256), Usage.SIGN));
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
    void aKeyThatWantsItsOwnPinAtEachUseIsRefusedAndDisturbsNobody() {
        KeyId id = new KeyId("f7");
        var template = new KeyPairTemplate(CKK_EC)
                .token(true)
                .private_(true, false)
                .id(id.bytes())
                .signVerify(true);
        template.publicKey().ecParams(Curve.P_256.parameters());
        template.privateKey().sensitive(true).alwaysAuthenticate(true);
        slots.bound(SLOT).read(session -> session.generateKeyPair(new Mechanism(CKM_EC_KEY_PAIR_GEN), template));
        long logins = slots.bound(SLOT).status().logins();
        assertFails(HsmFailure.KEY_USAGE, () -> signer.sign(SLOT, id, SignatureAlgorithm.ES256, new byte[32]));
        assertThat(slots.bound(SLOT).status().logins()).isEqualTo(logins);
        assertThat(slots.bound(SLOT).status().state()).isEqualTo(SlotState.READY);
    }

    @Test
    void workThatNeedsTheSecurityOfficerHasTheTokenAlone() throws Exception {
        Key key = keys.generate(SLOT, order("under load", new KeySpec.OnCurve(Curve.P_256), Usage.SIGN));
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

    private static NewKey order(String label, KeySpec spec, Usage usage) {
        return new NewKey(KeyId.random(), label, spec, usage, false);
    }

    private static PublicKey publicKey(Key key) {
        return Objects.requireNonNull(key.publicKey());
    }

    private static void assertFails(HsmFailure failure, ThrowingCallable call) {
        assertThatExceptionOfType(HsmException.class).isThrownBy(call).returns(failure, HsmException::failure);
    }
}
