package dev.slotgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.pkcs11.FillerKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * ES256 on one slot and on ten, and among few and very many keys of a slot. The many keys come last: they stay, and would be in the
 * way of everything else.
 */
final class GrowthPart implements Part.Measurement {

    static final int FEW_KEYS = 10;

    private static final int SLOTS = 10;
    private static final int ONE_SLOT = 1;
    private static final int FIRST_FILLED = 2;
    private static final String USER_PIN = "98765432";

    @Override
    public void measure(Stage stage) throws Exception {
        for (Mode mode : Mode.COMPARED) {
            stage.signing(mode);
            stage.say("growth (%s)".formatted(mode.word()));
            measure(stage, stage.gateway(mode));
        }
    }

    private static void measure(Stage stage, BenchGateway gateway) throws Exception {
        Mode mode = gateway.mode();
        Calls calls = new Calls(gateway.admin());
        Map<String, BenchGateway.Load> slots = new LinkedHashMap<>();
        slots.put(Names.of(Names.ONE_SLOT, mode), gateway.load(calls.manyKeys(ONE_SLOT, SLOTS)));
        slots.put(
                Names.of(Names.TEN_SLOTS, mode),
                gateway.load(IntStream.range(0, SLOTS)
                        .boxed()
                        .flatMap(slot -> calls.manyKeys(slot, 1).stream())
                        .toList()));
        byTurns(stage, slots);

        Map<String, BenchGateway.Load> keys = new LinkedHashMap<>();
        int slot = FIRST_FILLED;
        for (int each : List.of(FEW_KEYS, stage.pace().manyKeys(), stage.pace().mostKeys())) {
            BenchGateway.Load load = gateway.load(calls.manyKeys(slot, FEW_KEYS));
            fill(stage, gateway, slot, each);
            keys.put(Names.keys(each, mode), load);
            slot++;
        }
        byTurns(stage, keys);
    }

    /** There are ten keys, which sign. */
    private static void fill(Stage stage, BenchGateway gateway, int slot, int keys) throws Exception {
        if (keys == FEW_KEYS) {
            return;
        }
        long start = System.nanoTime();
        FillerKeys.make(gateway.data().resolve("softhsm2.conf"), "slot-" + slot, USER_PIN, keys - FEW_KEYS);
        double seconds = (System.nanoTime() - start) / 1e9;
        stage.figures().add(Names.of("to make %d keys".formatted(keys), gateway.mode()), "s", seconds);
        int page = Math.min(keys, 1000);
        // The gateway knows of them, too.
        assertThat(gateway.admin()
                        .get("/slots/%d/keys?limit=%d".formatted(slot, page))
                        .json()
                        .path("items"))
                .hasSize(page);
    }

    private static void byTurns(Stage stage, Map<String, BenchGateway.Load> loads) throws Exception {
        for (BenchGateway.Load load : loads.values()) {
            load.run(RatesPart.CONNECTIONS, 1);
        }
        // Many short rounds, since what is told apart is little.
        for (int round = 0; round < stage.pace().rounds() * stage.pace().seconds(); round++) {
            for (Map.Entry<String, BenchGateway.Load> each : loads.entrySet()) {
                double rate = each.getValue().run(RatesPart.CONNECTIONS, 1).perSecond();
                stage.figures().add(each.getKey(), "/s", rate);
            }
        }
    }
}
