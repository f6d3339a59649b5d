package dev.slotgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTests {

    @ParameterizedTest
    @ValueSource(strings = {"", "a=b&c", "label=p%C3%A4y", "a=%41", "%F0%9D%84%9E", "a==x"})
    void nothingIsWrongWithWhatDecodesToText(String query) {
        assertThat(QueryString.fault(query)).isNull();
    }

    @Test
    void nothingIsWrongWithoutAQuery() {
        assertThat(QueryString.fault(null)).isNull();
    }

    /** The container fails on both. */
    @Test
    void itsParametersHaveNamesAndAreNotTooMany() {
        assertThat(QueryString.fault("a&".repeat(999) + "a")).isNull();
        assertThat(QueryString.fault("a&".repeat(1_000) + "a"))
                .isEqualTo("query: expected at most 1000 parameters, got 1001");
        assertThat(QueryString.fault("=x")).isEqualTo("query: expected parameters with names, got one without");
        assertThat(QueryString.fault("a=1&=x&b")).isEqualTo("query: expected parameters with names, got one without");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    %           | two hexadecimal digits after each %, got something else at character 2
                    a=%4        | two hexadecimal digits after each %, got something else at character 4
                    a=%zz       | two hexadecimal digits after each %, got something else at character 4
                    a=%ff       | escapes that are UTF-8, got bytes that are not
                    a=%c0%af    | escapes that are UTF-8, got bytes that are not
                    %ed%a0%80   | escapes that are UTF-8, got bytes that are not
                    a=%0a       | text, got a control character
                    a=%00       | text, got a control character
                    """)
    void whatDoesNotDecodeToTextIsToldWithoutIt(String query, String fault) {
        assertThat(QueryString.fault(query)).isEqualTo("query: expected " + fault);
    }
}
