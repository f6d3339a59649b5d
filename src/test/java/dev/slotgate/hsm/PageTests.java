package dev.slotgate.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTests {

    private static final List<Integer> ALL = IntStream.range(0, 250).boxed().toList();

    @Test
    void cursorsVisitEveryItemOnce() {
        var visited = new ArrayList<Integer>();
        String after = null;
        do {
            Page<Integer> page = page("all", 7, after);
            visited.addAll(page.items());
            after = page.next();
        } while (after != null);
        assertThat(visited).isEqualTo(ALL);
    }

    @Test
    void hasAHundredItemsUnlessToldOtherwise() {
        assertThat(page("all", null, null).items()).hasSize(100);
    }

    @Test
    void thingsThatShareAnIdStayTogether() {
        List<Integer> twins = List.of(1, 2, 2, 2, 3);
        Page<Integer> first = Page.of(twins, i -> i, Integer::valueOf, "twins", 2, null);
        assertThat(first.items()).containsExactly(1, 2, 2, 2);
        assertThat(Page.of(twins, i -> i, Integer::valueOf, "twins", 2, first.next())
                        .items())
                .containsExactly(3);
    }

    @Test
    void endsWithoutACursorWhenTheLastPageIsFull() {
        assertThat(page("all", 250, null).next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001})
    void refusesALimitOutOfRange(int limit) {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> page("all", limit, null))
                .returns("limit", HsmException::field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "MQ", "abc.def"})
    void refusesWhatIsNoCursor(String after) {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> page("all", 7, after))
                .returns("after", HsmException::field);
    }

    @Test
    void refusesTheCursorOfAnotherFilter() {
        String cursor = page("all", 7, null).next();
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> page("some", 7, cursor))
                .returns("after", HsmException::field);
    }

    private static Page<Integer> page(String filter, @Nullable Integer limit, @Nullable String after) {
        return Page.of(ALL, i -> i, Integer::valueOf, filter, limit, after);
    }
}
