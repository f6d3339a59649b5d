package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A label changes while nobody else calls the token, which must cost the others as little as can be. */
class LabelChangesIntegrationTests {

    private static final SlotId SLOT = new SlotId(0);

    @TempDir
    Path folder;

    private Shim shim;

    @BeforeEach
    void provision() throws Exception {
        shim = Shim.build(folder);
        TestTokens.provision(folder, shim.library(), List.of("a")).close();
    }

    @ParameterizedTest
    @EnumSource
    void oneThatHangsHoldsNobodyUpForLong(Isolation isolation) throws Exception {
        try (Engine engine = start(isolation)) {
            Key key = generate(engine, "before");
            shim.rules("C_SetAttributeValue hang");

            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> engine.keys().relabel(SLOT, key.id(), "after"))
                    .returns(HsmFailure.OUTCOME_UNKNOWN, HsmException::failure);
            await().atMost(Duration.ofSeconds(20)).until(() -> signs(engine, key));
        } finally {
            shim.rules("");
        }
    }

    @Test
    void oneThatWasCutInHalfIsMadeWholeByAnother() throws Exception {
        try (Engine engine = start(Isolation.IN_PROCESS)) {
            Key key = generate(engine, "before");
            shim.rules("C_SetAttributeValue rv=0x30 after=1 count=1");
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> engine.keys().relabel(SLOT, key.id(), "after"))
                    .returns(HsmFailure.OUTCOME_UNKNOWN, HsmException::failure);
            shim.rules("");

            assertThat(engine.keys().relabel(SLOT, key.id(), "after").label()).isEqualTo("after");
            assertThat(engine.keys().find(SLOT, "after").id()).isEqualTo(key.id());
        }
    }

    @Test
    void oneWaitsForAKeyThatTakesLongToMakeAndSignersDoNot() throws Exception {
        try (Engine engine = start(Isolation.IN_PROCESS);
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Key first = generate(engine, "held");
            Key heir = generate(engine, "heir");
            shim.rules("C_GenerateKeyPair delay_ms=3000");
            Future<Key> slow = executor.submit(() -> generate(engine, "slow"));
            while (shim.faults("C_GenerateKeyPair") == 0) {
                Thread.sleep(1);
            }
            Future<Key> named =
                    executor.submit(() -> engine.keys().handLabelOn(SLOT, first.id(), "held~v1", heir.id(), "held"));
            for (int i = 0; i < 100; i++) {
                assertThatNoException().isThrownBy(() -> sign(engine, first));
            }

            assertThat(named.get().id()).isEqualTo(heir.id());
            assertThat(slow.get().label()).isEqualTo("slow");
        }
    }

    private static boolean signs(Engine engine, Key key) {
        try {
            sign(engine, key);
            return true;
        } catch (HsmException e) {
            return false;
        }
    }

    private static void sign(Engine engine, Key key) {
        engine.signer().sign(SLOT, key.id(), SignatureAlgorithm.ES256, new byte[32]);
    }

    private static Key generate(Engine engine, String label) {
        return engine.keys()
                .generate(SLOT, new NewKey(KeyId.random(), label, new KeySpec.OnCurve(Curve.P_256), Usage.SIGN, false));
    }

    private Engine start(Isolation isolation) throws Exception {
        return Engine.in(folder)
                .isolation(isolation)
                .module("shim", shim.library())
                .slot(SLOT, "shim", "a", TestTokens.USER_PIN)
                .start();
    }
}
