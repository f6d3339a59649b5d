package dev.slotgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EcsOutputTests {

    @TempDir
    Path folder;

    @Test
    void aRecordIsAnEventOfTheCommonSchemaOnOneLine() {
        var journal = new TestJournal(folder);
        AuditTrail trail = TestJournal.trail("request-1");
        trail.key("a\nb\u001b[2J");
        journal.journal().record(trail.finish(404));
        var out = new ByteArrayOutputStream();
        byte[] line = journal.lines().get(1).getBytes(StandardCharsets.US_ASCII);

        new EcsOutput(new PrintStream(out, true, StandardCharsets.UTF_8), journal.journal())
                .take(List.of(JournalLine.read(line).orElseThrow()));

        String printed = out.toString(StandardCharsets.UTF_8);
        assertThat(printed.strip()).matches("[\\x20-\\x7e]+");
        JsonNode event = JsonMapper.shared().readTree(printed);
        assertThat(event.path("@timestamp").asString())
                .isEqualTo(event.path("slotgate").path("time").asString());
        assertThat(event.path("event.id").asString()).isEqualTo(TestJournal.INSTANCE + "-2");
        assertThat(event.path("event.action").asString()).isEqualTo("crypto.sign");
        assertThat(event.path("event.outcome").asString()).isEqualTo("failure");
        assertThat(event.path("user.name").asString()).isEqualTo("me");
        assertThat(event.path("source.address").asString()).isEqualTo("127.0.0.1");
        assertThat(event.path("http.response.status_code").asInt()).isEqualTo(404);
        assertThat(event.path("slotgate").path("slot").asInt()).isZero();
    }
}
