package dev.slotgate.bench;

import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {

    private static final double LARGE = 100;

    private Numbers() {}

    /** With as many places as mean something. */
    static String text(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= LARGE ? "%,.0f" : "%.2f", value);
    }

    /** How far the lowest and the highest of several values are from the median; nothing of one value. */
    static String noise(Series series) {
        return series.values().size() == 1
                ? ""
                : String.format(Locale.ROOT, " (%.0f..+%.0f %%)", series.below(), series.above())
                        .replace("(0..", "(-0..");
    }
}
