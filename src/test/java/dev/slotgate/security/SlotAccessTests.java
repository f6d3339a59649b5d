package dev.slotgate.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SlotAccessTests {

    @Test
    void aListOpensItsSlotsWhetherNumbersOrTheirText() {
        assertThat(access("[1,'2']").includes(1)).isTrue();
        assertThat(access("[1,'2']").includes(2)).isTrue();
        assertThat(access("[1,'2']").includes(0)).isFalse();
        assertThat(access("[]").includes(0)).isFalse();
    }

    @Test
    void aStarOpensEverySlot() {
        assertThat(access("'*'").includes(77)).isTrue();
        assertThat(access("['*']").includes(77)).isTrue();
        assertThat(access("[1,'*']").includes(77)).isTrue();
    }

    @Test
    void withoutTheClaimNoSlotIsOpen() {
        assertThat(SlotAccess.of(null).includes(0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "''",
                "'1'",
                "1",
                "true",
                "{'*':'*'}",
                "['x']",
                "[-1]",
                "[1.5]",
                "[1e0]",
                "[[1]]",
                "[null]",
                "[10000000000]",
                "[' 1']",
                "'**'",
                "[1,true]",
                "['*',{}]"
            })
    void everythingElseIsRefused(String claim) {
        assertThatExceptionOfType(TokenRefused.class).isThrownBy(() -> access(claim));
    }

    private static SlotAccess access(String json) {
        return SlotAccess.of(JsonMapper.shared().readTree(json.replace('\'', '"')));
    }
}
