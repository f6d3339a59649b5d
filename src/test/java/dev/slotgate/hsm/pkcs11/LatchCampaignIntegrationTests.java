package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.Campaign;
import dev.slotgate.SoftHsm;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stored PIN never costs more than one try, however often the gateway starts and however many ask. */
class LatchCampaignIntegrationTests {

    private static final SlotId SLOT = new SlotId(0);
    private static final int STARTS = Math.max(5, Campaign.count(50));
    private static final int REQUESTS = 1_000;

    @TempDir
    Path folder;

    private Shim shim;

    private Isolation isolation = Isolation.IN_PROCESS;
    private final PinLatch latch = new RememberedPins();

    @BeforeEach
    void provision() throws Exception {
        shim = Shim.build(folder);
        TestTokens.provision(folder, shim.library(), List.of("wrong", "low", "cold"))
                .close();
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void aWrongPinIsSentOnceInFiftyStartsAndAThousandRequests(Isolation where) throws Exception {
        isolation = where;
        long before = shim.calls("C_Login");
        for (int start = 0; start < STARTS; start++) {
            try (Engine engine = startWith("wrong", "not-the-pin")) {
                Concurrently.run(Math.ceilDiv(REQUESTS, STARTS), () -> assertLocked(engine));
            }
            // So that the token's own count does not do the latch's work.
            AnotherProgram.logIn(SoftHsm.library(), "wrong", TestTokens.USER_PIN);
        }
        long logins = shim.calls("C_Login") - before;
        Campaign.report("latch", "%s: %d starts, %d requests, %d login".formatted(where, STARTS, REQUESTS, logins));
        assertThat(logins).isEqualTo(1);
    }

    /** The shim counts wrong tries in its process, so this one needs one process. */
    @Test
    void theLastTryIsNeverSpent() throws Exception {
        startWith("low", "not-the-pin").close();
        AnotherProgram.logIn(SoftHsm.library(), "low", TestTokens.USER_PIN);
        long before = shim.calls("C_Login");
        for (String flag : List.of("lockout=2", "lockout=1")) {
            shim.rules(flag);
            try (Engine engine = startWith("low", TestTokens.USER_PIN)) {
                assertThat(engine.slots().get(SLOT).userPin().finalTry()).isEqualTo(flag.equals("lockout=2"));
                assertThat(engine.slots().get(SLOT).userPin().locked()).isEqualTo(flag.equals("lockout=1"));
                Concurrently.run(64, () -> assertLocked(engine));
            }
        }
        assertThat(shim.calls("C_Login") - before).isZero();
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void manyCallersOfAColdSlotLogInOnce(Isolation where) throws Exception {
        isolation = where;
        long before = shim.calls("C_Login");
        try (Engine engine = startWith("cold", TestTokens.USER_PIN)) {
            Concurrently.run(64, () -> engine.keys().list(SLOT));
            assertThat(engine.status(SLOT).state()).isEqualTo(SlotState.READY);
        }
        assertThat(shim.calls("C_Login") - before).isEqualTo(1);
    }

    private Engine startWith(String label, String pin) throws Exception {
        return Engine.in(folder)
                .isolation(isolation)
                .module("shim", shim.library())
                .slot(SLOT, "shim", label, pin)
                .latch(latch)
                .start();
    }

    private static boolean assertLocked(Engine engine) {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> engine.keys().list(SLOT))
                .returns(HsmFailure.SLOT_LOCKED, HsmException::failure);
        return true;
    }
}
