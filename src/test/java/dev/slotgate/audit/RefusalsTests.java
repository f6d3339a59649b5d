package dev.slotgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalsTests {

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private TestJournal journal;
    private Refusals refusals;

    @BeforeEach
    void open() {
        journal = new TestJournal(folder);
        refusals = new Refusals(journal.journal(), () -> now);
    }

    @Test
    void aStrangerHasTenRecordsAMinuteAndASum() {
        for (int i = 0; i < 1_000; i++) {
            refuse("10.0.0.1");
        }
        refuse("10.0.0.2");
        now = now.plus(Duration.ofSeconds(61));
        refusals.sumUp();
        journal.call("after");

        assertThat(journal.lines()).hasSize(1 + 10 + 1 + 1 + 1);
        assertThat(journal.lines())
                .filteredOn(line -> line.contains("\"kind\":\"refusals\""))
                .singleElement()
                .asString()
                .contains("\"source\":\"10.0.0.1\"", "\"since\":\"2026-01-31T12:00:00Z\"", "\"count\":990");
    }

    @Test
    void aMinuteThatIsNotOverIsNotSummedUp() {
        for (int i = 0; i < 20; i++) {
            refuse("10.0.0.1");
        }
        now = now.plus(Duration.ofSeconds(59));
        refusals.sumUp();
        journal.call("after");

        assertThat(journal.lines()).noneMatch(line -> line.contains("refusals"));
    }

    private void refuse(String source) {
        refusals.append(new AuditTrail("request", source).finish(401)).await();
    }
}
