package dev.slotgate.bench;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/** The parts of a run, in their order. */
@SuppressWarnings("ImmutableEnumChecker") // what is made is not kept
enum Part {
    START(StartPart::new),
    RATES(RatesPart::new),
    BATCH(BatchPart::new),
    LOAD(LoadPart::new),
    GROWTH(GrowthPart::new),
    LEAST(LeastPart::new);

    /** What is measured unless something else is said. */
    static final Set<Part> ABOUT_THE_GATEWAY = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(LEAST)));

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
