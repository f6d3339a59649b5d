package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.ModuleStatus;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module in this process that has to be initialised again while a call hangs in it. */
class StuckModuleIntegrationTests {

    private static final SlotId HANGS = new SlotId(0);
    private static final SlotId FAILS = new SlotId(1);

    @TempDir
    Path folder;

    @Test
    void itIsStuckAsLongAsASlotNeedsThatAndACallHangs() throws Exception {
        Shim shim = Shim.build(folder);
        TestTokens.provision(folder, shim.library(), List.of("a", "b")).close();
        try (Engine engine = Engine.in(folder)
                .module("shim", shim.library())
                .slot(HANGS, "shim", "a", TestTokens.USER_PIN)
                .slot(FAILS, "shim", "b", TestTokens.USER_PIN)
                .start()) {
            assertThat(status(engine)).isEqualTo(new ModuleStatus("shim", Isolation.IN_PROCESS, 1, 1, 1, false));
            var hangs = new Load(engine, HANGS);
            var fails = new Load(engine, FAILS);

            shim.rules("C_Sign delay_ms=12000 token=a count=1");
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(hangs::signOnly)
                    .returns(HsmFailure.TOKEN_TIMEOUT, HsmException::failure);
            assertThat(status(engine).stuck()).as("one slot hangs").isFalse();

            shim.rules("* rv=0x30 token=b");
            await().atMost(Duration.ofSeconds(9)).until(() -> {
                assertThatExceptionOfType(HsmException.class).isThrownBy(fails::signOnly);
                return status(engine).stuck();
            });
            assertThat(status(engine).starts()).isEqualTo(1);

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> engine.status(HANGS).hungCalls() == 0);
            assertThat(status(engine).stuck()).as("no call hangs any more").isFalse();
            await().atMost(Duration.ofSeconds(20)).until(() -> status(engine).starts() > 1);

            shim.rules("");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> engine.status(FAILS).state() == SlotState.READY);
            assertThat(status(engine).stuck()).isFalse();
        }
    }

    private static ModuleStatus status(Engine engine) {
        return engine.host().statuses().getFirst();
    }
}
