package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.slotgate.SoftHsm;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slots whose token is not there when the gateway starts. */
class AbsentTokenIntegrationTests {

    private static final SlotId THERE = new SlotId(0);
    private static final SlotId LATER = new SlotId(1);

    @TempDir
    Path folder;

    @Test
    void aSlotIsAbsentUntilItsTokenAppearsAndTheOthersWorkMeanwhile() throws Exception {
        TestTokens.provision(folder, SoftHsm.library(), List.of("there")).close();
        try (Engine engine = Engine.in(folder)
                .module("soft", SoftHsm.library())
                .slot(THERE, "soft", "there", TestTokens.USER_PIN)
                .slot(LATER, "soft", "later", TestTokens.USER_PIN)
                .start()) {
            assertThat(engine.status(THERE).state()).isEqualTo(SlotState.READY);
            assertThat(engine.slots().get(LATER).state()).isEqualTo(SlotState.ABSENT);
            assertThat(engine.slots().get(LATER).label()).isEqualTo("later");
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> engine.keys().list(LATER))
                    .returns(HsmFailure.TOKEN_UNAVAILABLE, HsmException::failure);
            assertThat(engine.keys().list(THERE)).isEmpty();

            makeToken("later");

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> engine.status(LATER).state() == SlotState.READY);
            assertThat(engine.keys().list(LATER)).isEmpty();
            assertThat(engine.slots().get(LATER).serial()).hasSize(16);
            await().until(() -> engine.status(THERE).state() == SlotState.READY);
            assertThat(engine.keys().list(THERE)).isEmpty();
        }
    }

    @Test
    void slotsThatNobodyUsesAreReadyAgainWhenAllTokensOfTheirModuleWereAway() throws Exception {
        TestTokens.provision(folder, SoftHsm.library(), List.of("there", "later"))
                .close();
        try (Engine engine = Engine.in(folder)
                .module("soft", SoftHsm.library())
                .slot(THERE, "soft", "there", TestTokens.USER_PIN)
                .slot(LATER, "soft", "later", TestTokens.USER_PIN)
                .start()) {
            Path away = Files.move(folder.resolve("tokens"), folder.resolve("away"));
            await().until(() -> {
                assertThatExceptionOfType(HsmException.class)
                        .isThrownBy(() -> engine.keys().list(THERE))
                        .returns(HsmFailure.TOKEN_UNAVAILABLE, HsmException::failure);
                return engine.status(THERE).state() != SlotState.READY
                        && engine.status(LATER).state() != SlotState.READY;
            });

            Files.move(away, folder.resolve("tokens"));

            for (SlotId slot : List.of(THERE, LATER)) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> engine.status(slot).state() == SlotState.READY);
            }
            assertThat(engine.keys().list(THERE)).isEmpty();
        }
    }

    private void makeToken(String label) throws Exception {
        var builder = new ProcessBuilder(
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                label,
                "--so-pin",
                "so-" + label,
                "--pin",
                TestTokens.USER_PIN);
        builder.environment()
                .put("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
        assertThat(builder.start().waitFor()).isZero();
    }
}
