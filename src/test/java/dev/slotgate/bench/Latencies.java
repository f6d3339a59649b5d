package dev.slotgate.bench;

import java.util.List;

/** How long answers took, in nanoseconds. */
record Latencies(List<Long> sorted) {

    Latencies {
        sorted = sorted.stream().sorted().toList();
    }

    /** The time that this share of the answers took at most: of those measured, the nearest by rank. In milliseconds. */
    double percentileMillis(double share) {
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(1, rank) - 1) / 1e6;
    }
}
