package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import dev.slotgate.SoftHsm;
import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.MacAlgorithm;
import dev.slotgate.hsm.MacStream;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.StartRefused;
import dev.slotgate.hsm.Usage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the process around a module adds to the contract. */
@ExtendWith(OutputCaptureExtension.class)
class WorkerIntegrationTests {

    private static final SlotId SLOT = new SlotId(0);
    private static final SlotId OTHER = new SlotId(1);
    private static final String NEW_PIN = "another-pin";

    @TempDir
    Path folder;

    private Shim shim;

    @BeforeEach
    void provision() throws Exception {
        shim = Shim.build(folder);
        TestTokens.provision(folder, shim.library(), List.of("a", "b")).close();
    }

    @Test
    void whatOneWorkerChangesTheOthersDoNotRemember() throws Exception {
        try (Engine engine = start(2)) {
            Keys keys = engine.keys();
            for (int i = 0; i < 10; i++) {
                String label = "passed on " + i;
                Key first = generate(keys, label);
                Key heir = generate(keys, null);
                signEverywhere(engine, keys.find(SLOT, label).id());
                keys.handLabelOn(SLOT, first.id(), label + "~v1", heir.id(), label);
                for (int j = 0; j < 4; j++) {
                    assertThat(keys.find(SLOT, label).id()).isEqualTo(heir.id());
                }
                keys.destroy(SLOT, first.id());
                for (int j = 0; j < 4; j++) {
                    assertThatExceptionOfType(HsmException.class)
                            .isThrownBy(() ->
                                    engine.signer().sign(SLOT, first.id(), SignatureAlgorithm.ES256, new byte[32]))
                            .returns(HsmFailure.KEY_NOT_FOUND, HsmException::failure);
                }
            }
        }
    }

    private static Key generate(Keys keys, @Nullable String label) {
        return keys.generate(
                SLOT, new NewKey(KeyId.random(), label, new KeySpec.OnCurve(Curve.P_256), Usage.SIGN, false));
    }

    /** At once, so that each worker gets some. */
    private static void signEverywhere(Engine engine, KeyId key) throws Exception {
        Concurrently.run(8, () -> engine.signer().sign(SLOT, key, SignatureAlgorithm.ES256, new byte[32]));
    }

    @Test
    void aPinThatAnotherProgramChangedIsTriedInANewWorker() throws Exception {
        try (Engine engine = start(1)) {
            var load = new Load(engine, SLOT);
            TestTokens.pkcs11Tool(SoftHsm.library(), folder, "a", "--change-pin", "--new-pin", NEW_PIN);
            unlock(engine, NEW_PIN);

            assertThat(engine.status(SLOT).state()).isEqualTo(SlotState.READY);
            assertThatNoException().isThrownBy(load::sign);
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> unlock(engine, TestTokens.USER_PIN))
                    .returns(HsmFailure.PIN_INCORRECT, HsmException::failure);
            assertThatNoException().isThrownBy(load::sign);
            assertThat(engine.slots().get(SLOT).userPin().countLow()).isFalse();
        }
    }

    @Test
    void aWorkerThatTakesThePlaceOfAnotherOneKnowsThePinThatWasGiven() throws Exception {
        try (Engine engine = startWithout()) {
            assertThat(engine.status(SLOT).state()).isEqualTo(SlotState.LOCKED);
            unlock(engine, TestTokens.USER_PIN);
            var load = new Load(engine, SLOT);
            crashOnce(load);
            await().untilAsserted(load::sign);
            engine.logins().lock(SLOT);
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(load::sign)
                    .returns(HsmFailure.SLOT_LOCKED, HsmException::failure);
        }
    }

    @Test
    void severalWorkersServeOneSlotAndShareItsSessions() throws Exception {
        try (Engine engine = start(2)) {
            var load = new Load(engine, SLOT);
            await().until(() -> engine.status(SLOT).sessions().max() == 8);
            Concurrently.run(16, () -> {
                load.sign();
                return true;
            });
            crashOnce(load);
            assertThatNoException().isThrownBy(load::sign);
            engine.logins().lock(SLOT);
            assertThat(engine.status(SLOT).state()).isEqualTo(SlotState.LOCKED);
            unlock(engine, TestTokens.USER_PIN);
            assertThatNoException().isThrownBy(load::sign);
        }
    }

    @Test
    void theCallsOfAMacOfPartsReachTheWorkerThatBeganIt() throws Exception {
        try (Engine engine = start(2)) {
            await().until(() -> engine.status(SLOT).sessions().max() == 8);
            Key key = macKey(engine);
            MacStream first = begin(engine, key);
            MacStream second = begin(engine, key);
            assertThat(second.process()).as("the first one's share is taken").isNotEqualTo(first.process());
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> begin(engine, key))
                    .returns(HsmFailure.SLOT_BUSY, HsmException::failure);
            for (MacStream each : List.of(second, first)) {
                engine.macStreams().update(SLOT, each, new byte[1000]);
            }
            assertThat(engine.macStreams().end(SLOT, first))
                    .isEqualTo(engine.macStreams().end(SLOT, second))
                    .isEqualTo(engine.crypto().mac(SLOT, key.id(), MacAlgorithm.HS256, new byte[1000]));
        }
    }

    @Test
    void aMacOfPartsEndsWithItsWorker() throws Exception {
        try (Engine engine = start(1)) {
            Key key = macKey(engine);
            MacStream begun = begin(engine, key);
            WorkerProcesses.signal(ProcessHandle.of(begun.process()).orElseThrow(), "KILL");
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> {
                        engine.macStreams().update(SLOT, begun, new byte[1000]);
                        engine.macStreams().end(SLOT, begun);
                    })
                    .returns(HsmFailure.TOKEN_UNAVAILABLE, HsmException::failure);
            await().ignoreExceptions().until(() -> engine.macStreams().end(SLOT, begin(engine, key)).length == 32);
        }
    }

    private static Key macKey(Engine engine) {
        return engine.keys().generate(SLOT, new NewKey(KeyId.random(), null, new KeySpec.Hmac(256), Usage.MAC, false));
    }

    private static MacStream begin(Engine engine, Key key) {
        return engine.macStreams().begin(SLOT, key.id(), MacAlgorithm.HS256).orElseThrow();
    }

    @Test
    void aWorkerThatIsStoppedCountsAsHung() throws Exception {
        try (Engine engine = start(1)) {
            var load = new Load(engine, SLOT);
            for (ProcessHandle worker : WorkerProcesses.all()) {
                WorkerProcesses.signal(worker, "STOP");
            }
            var slowest = new Slowest();
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> slowest.time(load::signOnly))
                    .returns(HsmFailure.TOKEN_TIMEOUT, HsmException::failure);
            assertThat(slowest.duration()).isLessThan(Duration.ofMillis(2_500));
            await().atMost(Duration.ofSeconds(10)).ignoreExceptions().untilAsserted(load::sign);
        }
    }

    @Test
    void noPinIsOnTheCommandLineOrInTheEnvironment() throws Exception {
        try (Engine engine = start(1)) {
            assertThat(engine.status(SLOT).state()).isEqualTo(SlotState.READY);
            for (ProcessHandle worker : WorkerProcesses.all()) {
                Path process = Path.of("/proc", Long.toString(worker.pid()));
                for (String file : List.of("cmdline", "environ")) {
                    assertThat(new String(Files.readAllBytes(process.resolve(file)), StandardCharsets.ISO_8859_1))
                            .isNotEmpty()
                            .doesNotContain(TestTokens.USER_PIN);
                }
            }
        }
    }

    @Test
    void aModuleThatCannotBeUsedIsToldInOneSentenceAndTheOthersRunOn(CapturedOutput output) throws Exception {
        Path noModule = Files.writeString(folder.resolve("libnothing.so"), "no library");
        try (Engine engine = Engine.in(folder)
                .isolation(Isolation.PROCESS)
                .module("good", SoftHsm.library())
                .module("bad", noModule)
                .slot(SLOT, "good", "a", TestTokens.USER_PIN)
                .slot(OTHER, "bad", "b", TestTokens.USER_PIN)
                .start()) {
            assertThatNoException().isThrownBy(() -> new Load(engine, SLOT).sign());
            assertThat(engine.slots().get(OTHER).state()).isEqualTo(SlotState.DEGRADED);
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> engine.keys().list(OTHER))
                    .returns(HsmFailure.TOKEN_UNAVAILABLE, HsmException::failure);
        }
        assertThat(output.getAll().lines().filter(line -> line.contains(noModule.toString())))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("is not a shared library"));
    }

    @Test
    void aModuleThatCrashesAtItsStartIsToldByItsFile() throws Exception {
        shim.rules("C_Initialize crash");

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> start(1))
                .withMessage(
                        "PKCS#11 module 'shim': " + shim.library() + " takes its process down as soon as it is used.");
    }

    private void crashOnce(Load load) throws Exception {
        long before = shim.faults("C_Sign");
        shim.rules("C_Sign crash");
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                load.signOnly();
            } catch (HsmException e) {
                assertThat(e.failure()).isEqualTo(HsmFailure.TOKEN_UNAVAILABLE);
            }
        });
        while (shim.faults("C_Sign") == before) {
            Thread.sleep(1);
        }
        shim.rules("");
        caller.join();
    }

    private static void unlock(Engine engine, String pin) {
        engine.logins().unlock(SLOT, TestTokens.pin(pin), false);
    }

    private Engine start(int workers) throws Exception {
        return Engine.in(folder)
                .workers(workers)
                .module("shim", shim.library())
                .slot(SLOT, "shim", "a", TestTokens.USER_PIN)
                .start();
    }

    private Engine startWithout() throws Exception {
        return Engine.in(folder)
                .isolation(Isolation.PROCESS)
                .module("shim", shim.library())
                .slot(SLOT, "shim", "a", null)
                .start();
    }
}
