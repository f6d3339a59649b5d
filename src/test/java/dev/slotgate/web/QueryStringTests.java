package dev.slotgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTests {

    @ParameterizedTest
    @ValueSource(strings = {"", "a=b&c", "label=p%C3%A4y", "a=%41", "%F0%9D%84%9E"})
    void whatDecodesToTextIsWellFormed(String query) {
        assertThat(QueryString.isWellFormed(query)).isTrue();
    }

    @Test
    void noQueryIsWellFormed() {
        assertThat(QueryString.isWellFormed(null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a=%4", "a=%zz", "a=%ff", "a=%c0%af", "a=%0a", "a=%00", "%ed%a0%80"})
    void whatDoesNotIsNot(String query) {
        assertThat(QueryString.isWellFormed(query)).isFalse();
    }
}
