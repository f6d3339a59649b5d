package dev.slotgate.hsm.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class WorkerLoggerTests {

    private static final ZonedDateTime TIME = ZonedDateTime.of(2026, 11, 25, 9, 5, 3, 7_000_000, ZoneOffset.UTC);

    private final WorkerLogger ours = new WorkerLogger("dev.slotgate.hsm.pkcs11.Recovery");

    @Test
    void aLineLooksLikeTheGateways() {
        assertThat(ours.line(TIME, Level.WARN, "Slot 0: the token is gone"))
                .isEqualTo("2026-11-25T09:05:03.007Z WARN  worker Recovery: Slot 0: the token is gone");
        assertThat(ours.line(TIME, Level.ERROR, "no")).isEqualTo("2026-11-25T09:05:03.007Z ERROR worker Recovery: no");
    }

    @Test
    void nobodyForgesALine() {
        assertThat(ours.line(TIME, Level.INFO, "label\n2026 INFO\u2028\u0085x")).endsWith("label 2026 INFO  x");
    }

    @Test
    void ofOthersOnlyWarningsAreShown() {
        var others = new WorkerLogger("org.other.Thing");
        assertThat(ours.isInfoEnabled()).isTrue();
        assertThat(ours.isDebugEnabled()).isFalse();
        assertThat(others.isInfoEnabled()).isFalse();
        assertThat(others.isWarnEnabled()).isTrue();
        assertThat(new WorkerLog().getLogger("a").getName()).isEqualTo("a");
    }
}
