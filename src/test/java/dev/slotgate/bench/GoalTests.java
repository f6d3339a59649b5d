package dev.slotgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.pkcs11.RawToken.Use;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoalTests {

    private final Figures figures = new Figures();

    @ParameterizedTest
    @CsvSource({"450, reached, reached", "449, missed, reached", "400, missed, reached", "399, missed, missed"})
    void aRateIsReachedOrMissedByItsShareOfTheRawTokens(double rate, String inProcess, String worker) {
        figures.add(Names.raw(Use.ES256, 2), "/s", 1000);
        figures.add(Names.rate(Use.ES256, Mode.IN_PROCESS, 16), "/s", rate);
        figures.add(Names.rate(Use.ES256, Mode.WORKER, 16), "/s", rate);

        assertThat(verdict(Goal.ES256_RATE, Mode.IN_PROCESS).word()).isEqualTo(inProcess);
        assertThat(verdict(Goal.ES256_RATE, Mode.WORKER).word()).isEqualTo(worker);
    }

    @Test
    void whatTheTokenItselfTakesOfTheProcessorIsNotTheGateways() {
        figures.add(Names.rawCpu(Use.ES256), "µs", 100);
        figures.add(Names.cpu(Use.ES256, Mode.WORKER), "µs", 261);

        Verdict verdict = verdict(Goal.CPU, Mode.WORKER);

        assertThat(verdict.value()).isEqualTo("161 µs");
        assertThat(verdict.bound()).isEqualTo("≤ 160 µs");
        assertThat(verdict.word()).isEqualTo("missed");
    }

    @Test
    void theMedianCountsAndTheNoiseIsTold() {
        for (double millis : new double[] {4, 5, 50}) {
            figures.add(Names.of(Names.P99, Mode.WORKER), "ms", millis);
        }

        Verdict verdict = verdict(Goal.P99, Mode.WORKER);

        assertThat(verdict.word()).isEqualTo("reached");
        assertThat(verdict.value()).isEqualTo("5.00 ms (-20..+900 %)");
    }

    @Test
    void aShortRunComparesAsManyKeysAsItMade() {
        figures.add(Names.keys(10, Mode.WORKER), "/s", 100);
        figures.add(Names.keys(Pace.QUICK.mostKeys(), Mode.WORKER), "/s", 96);

        assertThat(Goal.KEYS.verdict(figures, Pace.QUICK, Mode.WORKER).word()).isEqualTo("reached");
        assertThat(verdict(Goal.KEYS, Mode.WORKER).word()).isEqualTo("not measured");
    }

    @Test
    void whatWasNotMeasuredIsNeitherReachedNorMissed() {
        assertThat(Goal.values())
                .allSatisfy(goal -> assertThat(Mode.COMPARED)
                        .allSatisfy(
                                mode -> assertThat(verdict(goal, mode).word()).isEqualTo("not measured")));
    }

    @Test
    void aWorkerIsNeverAskedForMoreThanOneProcess() {
        assertThat(Arrays.stream(Goal.values())
                        .map(goal -> verdict(goal, Mode.WORKER).limit()))
                .allSatisfy(limit -> assertThat(limit.worker() - limit.inProcess())
                        .matches(more -> limit.most() ? more >= 0 : more <= 0));
    }

    private Verdict verdict(Goal goal, Mode mode) {
        return goal.verdict(figures, Pace.FULL, mode);
    }
}
