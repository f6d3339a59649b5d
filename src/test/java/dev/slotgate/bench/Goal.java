package dev.slotgate.bench;

import static dev.slotgate.bench.RatesPart.CONNECTIONS;
import static dev.slotgate.bench.RatesPart.RAW_THREADS;
import static dev.slotgate.hsm.pkcs11.RawToken.Use.A256GCM;
import static dev.slotgate.hsm.pkcs11.RawToken.Use.ES256;
import static dev.slotgate.hsm.pkcs11.RawToken.Use.RS256;

import dev.slotgate.hsm.pkcs11.RawToken;
import java.util.Optional;

/** What the gateway is to reach on two cores, with the load's generator on the same machine. */
@SuppressWarnings("ImmutableEnumChecker") // functions without a state
enum Goal {
    CPU(
            "gateway CPU per ES256 request beyond the raw token's per signature",
            Limit.most("µs", 120, 160),
            (figures, _, mode) -> figures.series(Names.cpu(ES256, mode))
                    .flatMap(cpu -> figures.series(Names.rawCpu(ES256)).map(cpu::minus))),
    RS256_RATE(
            "RS256-2048, 16 connections : raw, 2 threads",
            Limit.least("%", 85, 82),
            (figures, _, mode) -> rate(figures, RS256, mode)),
    ES256_RATE(
            "ES256, 16 connections : raw, 2 threads",
            Limit.least("%", 45, 40),
            (figures, _, mode) -> rate(figures, ES256, mode)),
    BATCH_RATE(
            "ES256 in batches of 100 : raw, 2 threads",
            Limit.least("%", 90, 85),
            (figures, _, mode) -> percent(figures, Names.batch(mode), Names.rawBeside("batches"))),
    A256GCM_RATE(
            "A256GCM encrypt 1 KiB, 16 connections : raw, 2 threads",
            Limit.least("%", 30, 26),
            (figures, _, mode) -> rate(figures, A256GCM, mode)),
    P99(
            "p99 at half the peak rate (ES256)",
            Limit.most("ms", 10, 10),
            (figures, _, mode) -> figures.series(Names.of(Names.P99, mode))),
    KEYS(
            "ES256 with 10,000 keys in the slot : with 10 keys",
            Limit.least("%", 95, 95),
            (figures, pace, mode) ->
                    percent(figures, Names.keys(pace.mostKeys(), mode), Names.keys(GrowthPart.FEW_KEYS, mode))),
    SLOTS(
            "ES256 spread over 10 slots : 1 slot",
            Limit.least("%", 95, 95),
            (figures, _, mode) -> percent(figures, Names.of(Names.TEN_SLOTS, mode), Names.of(Names.ONE_SLOT, mode))),
    ALLOCATION(
            "allocation per sign request",
            Limit.most("KB", 40, 40),
            (figures, _, mode) -> figures.series(Names.of(Names.ALLOCATION, mode))),
    READY(
            "ready after start, AOT cache on",
            Limit.most("s", 3, 3),
            (figures, _, mode) -> figures.series(Names.of(Names.READY, mode))),
    FIRST_RATE(
            "requests/s in the first 10 s after ready : steady rate",
            Limit.least("%", 40, 40),
            (figures, _, mode) -> percent(figures, Names.of(Names.FIRST, mode), Names.rate(ES256, mode, CONNECTIONS))),
    MEMORY(
            "resident memory (Pss), with the worker's",
            Limit.most("MB", 300, 400),
            (figures, _, mode) -> figures.series(Names.of(Names.PSS, mode)));

    private final String title;
    private final Limit limit;
    private final Measured measured;

    Goal(String title, Limit limit, Measured measured) {
        this.title = title;
        this.limit = limit;
        this.measured = measured;
    }

    String title() {
        return title;
    }

    Verdict verdict(Figures figures, Pace pace, Mode mode) {
        return new Verdict(this, mode, limit, measured.in(figures, pace, mode).orElse(null));
    }

    private static Optional<Series> rate(Figures figures, RawToken.Use use, Mode mode) {
        return percent(figures, Names.rate(use, mode, CONNECTIONS), Names.raw(use, RAW_THREADS));
    }

    private static Optional<Series> percent(Figures figures, String name, String to) {
        return figures.ratio(name, to).map(ratio -> ratio.times(100));
    }

    private interface Measured {

        Optional<Series> in(Figures figures, Pace pace, Mode mode);
    }
}
