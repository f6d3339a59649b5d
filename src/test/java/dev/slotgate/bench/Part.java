package dev.slotgate.bench;

import java.util.function.Supplier;

/** The parts of a run, in their order. */
@SuppressWarnings("ImmutableEnumChecker") // what is made is not kept
enum Part {
    START(StartPart::new),
    RATES(RatesPart::new),
    BATCH(BatchPart::new),
    LOAD(LoadPart::new),
    GROWTH(GrowthPart::new);

    private final Supplier<Measurement> measurement;

    Part(Supplier<Measurement> measurement) {
        this.measurement = measurement;
    }

    void measure(Stage stage) throws Exception {
        measurement.get().measure(stage);
    }

    /** Measures, and notes the figures. */
    @FunctionalInterface
    interface Measurement {

        void measure(Stage stage) throws Exception;
    }
}
