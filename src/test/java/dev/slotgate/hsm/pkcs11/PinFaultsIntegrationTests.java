package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.PinRole;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of PINs by a token that fails in the middle. */
class PinFaultsIntegrationTests {

    private static final SlotId SLOT = new SlotId(0);
    private static final String OLD = TestTokens.USER_PIN;
    private static final String NEW = "changed-pin";

    @TempDir
    Path folder;

    private final MemoryPins store = new MemoryPins();
    private Shim shim;

    @BeforeEach
    void provision() throws Exception {
        shim = Shim.build(folder);
        TestTokens.provision(folder, shim.library(), List.of("a")).close();
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatIsLostAfterTheChangeIsSettledByTwoLogins(Isolation isolation) throws Exception {
        try (Engine engine = start(isolation)) {
            long logins = shim.calls("C_Login");
            shim.rules("C_SetPIN rv=0x30 post");
            change(engine);
            assertThat(shim.calls("C_Login") - logins).isLessThanOrEqualTo(2);
            shim.rules("");
            assertThat(engine.slots().get(SLOT).state()).isEqualTo(SlotState.READY);
            assertThat(engine.slots().get(SLOT).userPin().countLow()).isFalse();
            assertThat(store.of("a")).containsExactly(NEW);
            assertThat(engine.keys().list(SLOT)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatFailsBeforeTheChangeKeepsItsPin(Isolation isolation) throws Exception {
        try (Engine engine = start(isolation)) {
            long logins = shim.calls("C_Login");
            shim.rules("C_SetPIN rv=0x30");
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> change(engine))
                    .returns(HsmFailure.TOKEN_UNAVAILABLE, HsmException::failure);
            assertThat(shim.calls("C_Login") - logins).isEqualTo(1);
            shim.rules("");
            assertThat(engine.slots().get(SLOT).state()).isEqualTo(SlotState.READY);
            assertThat(store.of("a")).containsExactly(OLD);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatStaysInTroubleIsSettledWhenItIsBack(Isolation isolation) throws Exception {
        try (Engine engine = start(isolation)) {
            long reached = loginsThatReachedTheToken();
            shim.rules("C_SetPIN rv=0x30 post\nC_Login rv=0x30\n");
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> change(engine))
                    .returns(HsmFailure.OUTCOME_UNKNOWN, HsmException::failure);
            store.put("a", OLD, NEW);
            shim.rules("");
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> engine.keys().list(SLOT).isEmpty());
            assertThat(loginsThatReachedTheToken() - reached).isEqualTo(2);
            assertThat(store.of("a")).containsExactly(NEW);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSoPinThatHoldsAfterALostAnswerIsTheNewOne(Isolation isolation) throws Exception {
        try (Engine engine = start(isolation)) {
            shim.rules("C_SetPIN rv=0x30 post");
            engine.pins().change(SLOT, PinRole.SO, TestTokens.pin("so-a"), TestTokens.pin("changed-so-pin"), false);
            shim.rules("");
            engine.pins().check(SLOT, PinRole.SO, TestTokens.pin("changed-so-pin"), false);
            assertThat(engine.slots().get(SLOT).soPin().countLow()).isFalse();
        }
    }

    private long loginsThatReachedTheToken() throws IOException {
        return shim.calls("C_Login") - shim.faults("C_Login");
    }

    private static void change(Engine engine) {
        engine.pins().change(SLOT, PinRole.USER, TestTokens.pin(OLD), TestTokens.pin(NEW), false);
    }

    private Engine start(Isolation isolation) throws Exception {
        return Engine.in(folder)
                .isolation(isolation)
                .store(store)
                .module("shim", shim.library())
                .slot(SLOT, "shim", "a", OLD)
                .start();
    }
}
