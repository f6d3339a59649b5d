package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.Limits;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.Usage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xipki.pkcs11.wrapper.Session;

/** The adapter on a module that misbehaves. */
class FaultsIntegrationTests {

    private static final SlotId SLOT = new SlotId(0);
    private static final SlotId WITH_WRONG_PIN = new SlotId(1);

    @TempDir
    static Path folder;

    private static Shim shim;
    private static TestTokens tokens;
    private static BoundSlots slots;
    private static Pkcs11Signer signer;
    private static KeyId key;
    private static long loginsToBind;

    @BeforeAll
    static void putTheShimInFrontOfATokenWithAKey() throws Exception {
        shim = Shim.build(folder);
        tokens = TestTokens.provision(folder, shim.library(), List.of("good", "wrong-pin"));
        long before = shim.calls("C_Login");
        slots = tokens.bind(
                Map.of("good", TestTokens.USER_PIN, "wrong-pin", "not-the-pin"), new RememberedPins(), Limits.DEFAULT);
        loginsToBind = shim.calls("C_Login") - before;
        signer = new Pkcs11Signer(slots);
        key = TestTokens.keys(slots)
                .generate(SLOT, new NewKey(KeyId.random(), "a", new KeySpec.OnCurve(Curve.P_256), Usage.SIGN, false))
                .id();
    }

    @AfterEach
    void behave() throws Exception {
        shim.rules("");
        await().until(() -> slots.bound(SLOT).status().state() == SlotState.READY);
    }

    @AfterAll
    static void close() {
        if (tokens != null) {
            tokens.close();
        }
    }

    @Test
    void eachTokenSawOneLoginWhateverBecameOfItAndSeesNoOther() throws Exception {
        assertThat(loginsToBind).isEqualTo(2);
        long before = shim.calls("C_Login");
        Concurrently.run(64, () -> {
            sign();
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> TestTokens.keys(slots).list(WITH_WRONG_PIN))
                    .returns(HsmFailure.SLOT_LOCKED, HsmException::failure);
            return true;
        });
        assertThat(shim.calls("C_Login")).isEqualTo(before);
    }

    @Test
    void aUseOfAKeyIsDoneOnceMoreOnANewSessionWhenTheTokenFailed() throws Exception {
        sign();
        long opened = shim.calls("C_OpenSession");
        shim.rules("C_Sign rv=0x30 count=1");
        assertThat(sign()).hasSize(64);
        assertThat(shim.calls("C_OpenSession")).isEqualTo(opened + 1);
    }

    @Test
    void aFailureThatComesTwiceIsToldWithItsCode() throws Exception {
        shim.rules("C_Sign rv=0x30 count=2");
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(FaultsIntegrationTests::sign)
                .returns(HsmFailure.TOKEN_UNAVAILABLE, HsmException::failure)
                .returns("CKR_DEVICE_ERROR", HsmException::returnCode);
        assertThat(sign()).hasSize(64);
    }

    @Test
    void aKeyIsLookedUpOnceAndAgainWhenItsHandleDied() throws Exception {
        sign();
        long searches = shim.calls("C_FindObjectsInit");
        for (int i = 0; i < 50; i++) {
            sign();
        }
        assertThat(shim.calls("C_FindObjectsInit")).isEqualTo(searches);
        shim.rules("C_SignInit rv=0x60 count=1");
        assertThat(sign()).hasSize(64);
        assertThat(shim.calls("C_FindObjectsInit")).isGreaterThan(searches);
    }

    @Test
    void aKeyThatHundredsAskForAtOnceIsLookedUpInEachSessionOnceAtMost() throws Exception {
        Keys keys = TestTokens.keys(slots);
        keys.lookAnew(SLOT);
        long searches = shim.calls("C_FindObjectsInit");
        shim.rules("C_FindObjectsInit delay_ms=20");

        Concurrently.run(400, () -> keys.find(SLOT, key.hex()));

        assertThat(shim.calls("C_FindObjectsInit") - searches).isBetween(1L, (long) Limits.DEFAULT.sessions());
    }

    @Test
    void aTokenThatLoggedTheUserOutIsLoggedInOnceMoreHoweverManyNoticeIt() throws Exception {
        sign();
        long logins = shim.calls("C_Login");
        Session stranger = tokens.token("good").openSession(true);
        stranger.logout();
        Concurrently.run(16, FaultsIntegrationTests::sign);
        assertThat(shim.calls("C_Login")).isEqualTo(logins + 1);
        stranger.closeSession();
    }

    @Test
    void aGenerationIsNeverRepeatedAndItsOutcomeIsToldAsUnknown() throws Exception {
        long made = shim.calls("C_GenerateKeyPair");
        shim.rules("C_GenerateKeyPair rv=0x30 post count=1");
        var order = new NewKey(KeyId.random(), "lost", new KeySpec.OnCurve(Curve.P_256), Usage.SIGN, false);
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> TestTokens.keys(slots).generate(SLOT, order))
                .returns(HsmFailure.OUTCOME_UNKNOWN, HsmException::failure)
                .returns("CKR_DEVICE_ERROR", HsmException::returnCode);
        assertThat(shim.calls("C_GenerateKeyPair")).isEqualTo(made + 1);
        assertThat(TestTokens.keys(slots).settle(SLOT, order.id(), KeyClass.PRIVATE))
                .isTrue();
        assertThat(TestTokens.keys(slots).settle(SLOT, KeyId.random(), KeyClass.PRIVATE))
                .isFalse();
    }

    @Test
    void aTokenThatKeepsFailingIsLeftAloneUntilItWorks() throws Exception {
        shim.rules("* rv=0x32");
        await().until(() -> {
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(FaultsIntegrationTests::sign)
                    .returns(HsmFailure.TOKEN_UNAVAILABLE, HsmException::failure);
            return slots.bound(SLOT).status().state() != SlotState.READY;
        });
        long signed = shim.calls("C_Sign");
        for (int i = 0; i < 100; i++) {
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(FaultsIntegrationTests::sign)
                    .returns(HsmFailure.TOKEN_UNAVAILABLE, HsmException::failure);
        }
        assertThat(shim.calls("C_Sign")).isEqualTo(signed);
        assertThat(slots.bound(SLOT).status().state()).isNotEqualTo(SlotState.READY);
        shim.rules("");
        await().until(() -> slots.bound(SLOT).status().state() == SlotState.READY);
        assertThat(sign()).hasSize(64);
    }

    @Test
    void aModuleThatOnlyAnInitialisationMendsIsInitialisedAgain() throws Exception {
        long before = shim.calls("C_Initialize");
        shim.rules("C_OpenSession rv=0x30");
        slots.bound(SLOT).exclusively(() -> true);
        await().until(() -> {
            assertThatExceptionOfType(HsmException.class).isThrownBy(FaultsIntegrationTests::sign);
            return shim.calls("C_Initialize") > before;
        });
        shim.rules("");
        await().until(() -> slots.bound(SLOT).status().state() == SlotState.READY);
        assertThat(sign()).hasSize(64);
        assertThat(slots.bound(SLOT).status().recoveries()).isPositive();
    }

    @Test
    void aStormOfFailuresLosesNoSession() throws Exception {
        shim.rules("""
                C_SignInit rv=0x30 p=0.05
                C_Sign rv=0xB3 p=0.05
                C_FindObjectsInit rv=0x05 p=0.05
                C_FindObjects rv=0x06 p=0.05
                C_OpenSession rv=0xB1 p=0.05
                """);
        var signed = new AtomicInteger();
        var failed = new AtomicInteger();
        Concurrently.run(400, () -> {
            try {
                assertThat(sign()).hasSize(64);
                return signed.incrementAndGet();
            } catch (HsmException e) {
                assertThat(e.failure()).isIn(HsmFailure.TOKEN_UNAVAILABLE, HsmFailure.SLOT_BUSY);
                return failed.incrementAndGet();
            }
        });
        assertThat(signed).hasPositiveValue();
        assertThat(failed).hasPositiveValue();
        shim.rules("");
        await().until(() -> slots.bound(SLOT).status().state() == SlotState.READY);
        Concurrently.run(64, FaultsIntegrationTests::sign);
        assertThat(slots.get(SLOT).sessions().inUse()).isZero();
        assertThat(slots.get(SLOT).sessions().open()).isBetween(1, 8);
    }

    @Test
    void aCallThatHangsIsAnsweredAtItsDeadlineAndOthersGoOn() throws Exception {
        shim.rules("C_Sign delay_ms=6000 count=1");
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(FaultsIntegrationTests::sign)
                .returns(HsmFailure.TOKEN_TIMEOUT, HsmException::failure);

        assertThat(sign()).hasSize(64);
        assertThat(slots.get(SLOT).sessions().inUse()).isEqualTo(1);
        await().until(() -> slots.get(SLOT).sessions().inUse() == 0);
    }

    private static byte[] sign() {
        return signer.sign(SLOT, key, SignatureAlgorithm.ES256, new byte[32]);
    }
}
