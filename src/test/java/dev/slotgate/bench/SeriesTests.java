package dev.slotgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTests {

    @Test
    void theMedianIsTheMiddleOneOrBetweenTheMiddleTwo() {
        assertThat(of(9.0, 1.0, 2.0).median()).isEqualTo(2);
        assertThat(of(4.0, 1.0, 2.0, 9.0).median()).isEqualTo(3);
        assertThat(of(7.0).median()).isEqualTo(7);
    }

    @Test
    void theNoiseIsHowFarTheOthersAreFromTheMedian() {
        Series series = of(110.0, 100.0, 75.0);

        assertThat(series.below()).isEqualTo(-25);
        assertThat(series.above()).isEqualTo(10);
        assertThat(of(0.0, 0.0).above()).isZero();
    }

    @Test
    void seriesAreComparedRoundByRound() {
        Series halved = of(10.0, 20.0, 40.0).over(of(20.0, 40.0, 80.0));

        assertThat(halved.values()).containsExactly(0.5, 0.5, 0.5);
        assertThat(of(3.0, 5.0).minus(of(1.0, 1.0)).values()).containsExactly(2.0, 4.0);
    }

    @Test
    void seriesOfDifferentRoundsAreComparedByTheirMedians() {
        assertThat(of(10.0, 20.0, 90.0).over(of(40.0)).values()).containsExactly(0.5);
    }

    @Test
    void nothingIsNoSeries() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Series(List.of()));
    }

    private static Series of(Double... values) {
        return new Series(List.of(values));
    }
}
