package dev.slotgate.bench;

import java.util.Collections;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** The same thing measured once in each round: its median counts, and how far the others are from it is the noise. */
record Series(List<Double> values) {

    Series {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        values = List.copyOf(values);
    }

    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** How far the lowest value is from the median, in percent of it; not positive. */
    double below() {
        return percent(Collections.min(values));
    }

    /** How far the highest value is from the median, in percent of it; not negative. */
    double above() {
        return percent(Collections.max(values));
    }

    private double percent(double value) {
        double median = median();
        return median == 0 ? 0 : (value - median) * 100 / Math.abs(median);
    }

    /** Round by round, so that what the machine did in a round falls on both; by the medians when their rounds differ. */
    Series over(Series other) {
        return with(other, (one, another) -> one / another);
    }

    /** As {@link #over}. */
    Series minus(Series other) {
        return with(other, (one, another) -> one - another);
    }

    Series times(double factor) {
        return new Series(values.stream().map(value -> value * factor).toList());
    }

    private Series with(Series other, DoubleBinaryOperator operator) {
        if (values.size() != other.values.size()) {
            return new Series(List.of(operator.applyAsDouble(median(), other.median())));
        }
        return new Series(IntStream.range(0, values.size())
                .mapToObj(i -> operator.applyAsDouble(values.get(i), other.values.get(i)))
                .toList());
    }
}
