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

    /** The container fails on both. */
    @Test
    void itsParametersHaveNamesAndAreNotTooMany() {
        assertThat(QueryString.isWellFormed("a&".repeat(999) + "a")).isTrue();
        assertThat(QueryString.isWellFormed("a&".repeat(1_000) + "a")).isFalse();
        assertThat(QueryString.isWellFormed("=x")).isFalse();
        assertThat(QueryString.isWellFormed("a=1&=x&b")).isFalse();
        assertThat(QueryString.isWellFormed("a==x")).isTrue();
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
