package dev.slotgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreshLinesTests {

    private final FreshLines fresh = new FreshLines();

    @Test
    void whoKeepsUpGetsEveryLineOnceInOrder() {
        fresh.add(lines(1, 5));
        assertThat(sequences(fresh.takeAfter(0, 3))).containsExactly(1, 2, 3);
        fresh.add(lines(6, 2));
        assertThat(sequences(fresh.takeAfter(3, 10))).containsExactly(4, 5, 6, 7);
        assertThat(fresh.takeAfter(7, 10)).isEmpty();
    }

    @Test
    void whatWasReadElsewhereIsNotGivenAgain() {
        fresh.add(lines(1, 5));
        assertThat(sequences(fresh.takeAfter(4, 10))).containsExactly(5);
    }

    @Test
    void linesBehindAGapAreNotGivenBeforeItIsFilled() {
        fresh.add(lines(5, 2));
        assertThat(fresh.takeAfter(3, 10)).isEmpty();
        assertThat(sequences(fresh.takeAfter(4, 10))).containsExactly(5, 6);
    }

    @Test
    void moreThanItHoldsIsLeftToTheFiles() {
        fresh.add(lines(1, FreshLines.MOST));
        fresh.add(lines(FreshLines.MOST + 1, 1));
        assertThat(fresh.takeAfter(0, 10)).isEmpty();
        fresh.add(lines(FreshLines.MOST + 2, 1));
        assertThat(sequences(fresh.takeAfter(FreshLines.MOST + 1, 10))).containsExactly(FreshLines.MOST + 2);
    }

    private static List<JournalLine> lines(int first, int count) {
        byte[] content = "{\"kind\":\"call\"}".getBytes(StandardCharsets.US_ASCII);
        return IntStream.range(first, first + count)
                .mapToObj(sequence -> JournalLine.of("a", sequence, JournalLine.NOTHING_BEFORE, content))
                .toList();
    }

    private static List<Integer> sequences(List<JournalLine> lines) {
        return lines.stream().map(line -> (int) line.sequence()).toList();
    }
}
