package dev.slotgate.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlotAccessTests {

    @Test
    void aListOpensItsSlotsWhetherNumbersOrTheirText() {
        assertThat(SlotAccess.ofClaim(List.of(1L, "2")).includes(1)).isTrue();
        assertThat(SlotAccess.ofClaim(List.of(1L, "2")).includes(2)).isTrue();
        assertThat(SlotAccess.ofClaim(List.of(1L, "2")).includes(0)).isFalse();
    }

    @Test
    void aStarOpensEverySlot() {
        assertThat(SlotAccess.ofClaim("*").includes(77)).isTrue();
        assertThat(SlotAccess.ofClaim(List.of("*")).includes(77)).isTrue();
    }

    @Test
    void everythingElseOpensNone() {
        for (Object claim : new Object[] {null, "", "1", 1, true, Map.of("*", "*"), List.of("x", -1, 1.5)}) {
            assertThat(SlotAccess.ofClaim(claim).includes(0)).isFalse();
            assertThat(SlotAccess.ofClaim(claim).includes(1)).isFalse();
        }
    }
}
