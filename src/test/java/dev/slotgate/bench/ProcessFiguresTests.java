package dev.slotgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProcessFiguresTests {

    @Test
    void processorTimeIsThatOfTheUserAndOfTheKernel() {
        String stat = "71 (a (b) c) S 1 71 71 0 -1 4194560 9000 0 3 0 152 48 7 7 20 0 31 0 9000 5 6";

        assertThat(ProcessFigures.cpuMicros(stat)).isEqualTo((152 + 48) * 10_000);
    }

    @Test
    void memoryIsTheShareOfTheProcessAndNotThatOfItsAnonymousPages() {
        String rollup = "00400000-7ff [rollup]\nRss:  1000 kB\nPss:  700 kB\nPss_Anon:  10 kB\n";

        assertThat(ProcessFigures.memory(rollup, "Pss")).isEqualTo(700);
        assertThat(ProcessFigures.memory(rollup, "Rss")).isEqualTo(1000);
    }

    @Test
    void ofAHundredTimesTheNinetyNinthIsTheLongestOfNinetyNinePercent() {
        var latencies = new Latencies(IntStream.rangeClosed(1, 100)
                .mapToObj(i -> (101 - i) * 1_000_000L)
                .toList());

        assertThat(latencies.percentileMillis(0.99)).isCloseTo(99, within(1e-9));
        assertThat(latencies.percentileMillis(1)).isCloseTo(100, within(1e-9));
        assertThat(latencies.percentileMillis(0)).isCloseTo(1, within(1e-9));
    }
}
