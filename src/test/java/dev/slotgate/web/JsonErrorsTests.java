package dev.slotgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Pin;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonErrorsTests {

    private static final JsonMapper JSON = strict();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'text':1} | text: expected a string, got a number",
                "{'text':true} | text: expected a string, got true or false",
                "{'text':{}} | text: expected a string, got an object",
                "{'number':'1'} | number: expected a whole number, got a string",
                "{'number':1.0} | number: expected a whole number, got a number with a fraction",
                "{'number':99999999999} | number: expected a whole number, got one out of range",
                "{'flag':'true'} | flag: expected true or false, got a string",
                "{'bytes':'a-b_'} | bytes: expected a string of standard base64 (RFC 4648 section 4), got a string that is none",
                "{'bytes':'YQ'} | bytes: expected a string of standard base64 (RFC 4648 section 4), got a string that is none",
                "{'bytes':[1]} | bytes: expected a string of standard base64 (RFC 4648 section 4), got a list",
                "{'words':'a'} | words: expected a list, got a string",
                "{'words':['a',1]} | words[1]: expected a string, got a number",
                "{'map':{'a':1}} | map.a: expected a string, got a number",
                "{'other':'1234'} | other: there is no such field; the fields are bytes, flag, map, number, pin, text, words",
                "{'pin':98765432} | pin: expected a string, got a number",
                "{'pin':9876.5432} | pin: expected a string, got a number with a fraction",
                "{'pin':['98765432']} | pin: expected a string, got a list",
                "{'pin':{'98765432':'98765432'}} | pin: expected a string, got an object",
                "{'pin':true} | pin: expected a string, got true or false",
            })
    void namesTheFieldWhatWasExpectedAndWhatCame(String json, String message) {
        assertThat(JsonErrors.explain(failure(json)))
                .get()
                .returns(message, HsmException::getMessage)
                .returns(message.substring(0, message.indexOf(':')), HsmException::field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'pin':hunter2}",
                "{'pin':'hunter2",
                "{'pin':'hunter2\n'}",
                "{'pin':'hunter2\\x'}",
                "{'pin':'hunter2','pin':'hunter2'}",
                "{'pin':'hunter2'} 'hunter2'",
                "{'pin':'hunter2','flag':'hunter2'}",
                "{'pin':['hunter2']}",
                "'hunter2'",
                "['hunter2']",
            })
    void aBodyThatBreaksAroundAPinDoesNotShowIt(String json) {
        Throwable failure = failure(json);

        assertThat(failure).isNotNull();
        assertThat(JsonErrors.syntax(failure)).doesNotContain("hunter2");
        assertThat(JsonErrors.explain(failure).map(HsmException::getMessage).orElse(""))
                .doesNotContain("hunter2");
    }

    @Test
    void aPinIsReadFromItsCharacters() {
        Body body = JSON.readValue("{\"text\":\"a\",\"pin\":\"p\\u00efn \\\"\ud83d\udd11\",\"number\":1}", Body.class);

        assertThat(body.pin()).extracting(Pin::characters).isEqualTo("pïn \"\ud83d\udd11".toCharArray());
        assertThat(body.text()).isEqualTo("a");
        assertThat(body).asString().doesNotContain("pïn");
    }

    @Test
    void neverShowsAValue() {
        assertThat(JsonErrors.explain(failure("{\"number\":\"hunter2\"}")).orElseThrow())
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'text': | The body is not JSON: the error is at line 1, column 9.",
                "{'text':'a','text':'b'} | The body has the same field twice, at line 1, column 19.",
                "[] | The body is expected to be a JSON object.",
            })
    void saysWhereTheJsonBreaks(String json, String message) {
        assertThat(JsonErrors.explain(failure(json))).isEmpty();
        assertThat(JsonErrors.syntax(failure(json))).isEqualTo(message);
    }

    private static @Nullable Throwable failure(String json) {
        return catchThrowable(() -> JSON.readValue(json.replace('\'', '"'), Body.class));
    }

    private static JsonMapper strict() {
        JsonMapper.Builder builder = JsonMapper.builder();
        new JsonConfiguration().strictness().customize(builder);
        return builder.build();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Body(
            @Nullable String text,
            @Nullable Integer number,
            @Nullable Boolean flag,
            byte @Nullable [] bytes,
            @Nullable Pin pin,
            @Nullable List<String> words,
            @Nullable Map<String, String> map) {}
}
