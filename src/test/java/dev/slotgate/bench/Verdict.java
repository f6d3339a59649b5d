package dev.slotgate.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a goal is reached.
 *
 * @param measured null when it was not
 */
record Verdict(Goal goal, Mode mode, Limit limit, @Nullable Series measured) {

    /** What the median comes to. */
    String word() {
        if (measured == null) {
            return "not measured";
        }
        return limit.allows(mode, measured.median()) ? "reached" : "missed";
    }

    /** For example {@code ≥ 40 %}. */
    String bound() {
        return String.format(Locale.ROOT, "%s %.0f %s", limit.most() ? "≤" : "≥", limit.of(mode), limit.unit());
    }

    /** The median and the noise. */
    String value() {
        return measured == null ? "" : Numbers.text(measured.median()) + " " + limit.unit() + Numbers.noise(measured);
    }
}
