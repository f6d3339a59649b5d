package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.Campaign;
import dev.slotgate.SoftHsm;
import dev.slotgate.hsm.SlotId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signature costs the same however many keys the slot has: nothing is searched for. */
class ManyKeysCampaignIntegrationTests {

    private static final SlotId FEW = new SlotId(0);
    private static final SlotId MANY = new SlotId(1);
    private static final int KEYS = Math.max(200, Campaign.count(5_000));
    private static final int KEYS_A_CALL = 10;
    private static final int ROUNDS = 41;
    private static final int SIGNATURES = 500;
    private static final int MORE_PERCENT = Campaign.slack(10, 40);

    @TempDir
    Path folder;

    @Test
    void signingCostsTheSameAmongThousandsOfKeys() throws Exception {
        TestTokens.provision(folder, SoftHsm.library(), List.of("few", "many")).close();
        try (Engine engine = Engine.in(folder)
                .module("soft", SoftHsm.library())
                .slot(FEW, "soft", "few", TestTokens.USER_PIN)
                .slot(MANY, "soft", "many", TestTokens.USER_PIN)
                .start()) {
            fill(engine, FEW, 10);
            fill(engine, MANY, KEYS);
            var ofFew = new ArrayList<Duration>();
            var ofMany = new ArrayList<Duration>();
            var fewLoad = new Load(engine, FEW);
            var manyLoad = new Load(engine, MANY);
            // Each comes first as often as second; the first rounds warm up.
            for (int round = 0; round < 2 * ROUNDS; round++) {
                boolean fewFirst = round % 2 == 0;
                Duration first = round(fewFirst ? fewLoad : manyLoad);
                Duration second = round(fewFirst ? manyLoad : fewLoad);
                if (round >= ROUNDS) {
                    ofFew.add(fewFirst ? first : second);
                    ofMany.add(fewFirst ? second : first);
                }
            }
            Duration few = undisturbed(ofFew);
            Duration many = undisturbed(ofMany);
            Campaign.report(
                    "many-keys",
                    "a signature takes %d µs among 10 keys and %d µs among %d"
                            .formatted(few.toNanos() / 1_000, many.toNanos() / 1_000, KEYS));
            assertThat(many)
                    .isLessThanOrEqualTo(few.multipliedBy(100 + MORE_PERCENT).dividedBy(100));
        }
    }

    private static void fill(Engine engine, SlotId slot, int keys) {
        for (int i = 0; i < keys; i += KEYS_A_CALL) {
            engine.asAnotherProgram(slot, session -> {
                for (int j = 0; j < KEYS_A_CALL; j++) {
                    FillerKeys.make(session);
                }
                return true;
            });
        }
    }

    private static Duration round(Load load) {
        long start = System.nanoTime();
        for (int i = 0; i < SIGNATURES; i++) {
            load.signOnly();
        }
        return Duration.ofNanos((System.nanoTime() - start) / SIGNATURES);
    }

    /** The fastest tenth: what else the machine does only ever makes a round slower. */
    private static Duration undisturbed(List<Duration> rounds) {
        return rounds.stream().sorted().toList().get(rounds.size() / 10);
    }
}
