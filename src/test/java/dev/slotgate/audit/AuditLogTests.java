package dev.slotgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditLogTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Logger logger = (Logger) LoggerFactory.getLogger("slotgate.audit");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    @Test
    void aRecordIsOneLineOfJson() {
        var trail = new AuditTrail("request-1", "127.0.0.1");
        trail.by("me", "billing", List.of("crypto.use"));
        trail.action("crypto.sign");
        trail.slot("0");
        trail.key("aa");
        trail.algorithm("ES256");
        trail.problem("slot-busy", "CKR_SESSION_COUNT");
        new AuditLog(JSON).append(trail.finish(503));

        JsonNode line = JSON.readTree(line());
        assertThat(line.get("requestId").asString()).isEqualTo("request-1");
        assertThat(line.get("subject").asString()).isEqualTo("me");
        assertThat(line.get("client").asString()).isEqualTo("billing");
        assertThat(line.get("action").asString()).isEqualTo("crypto.sign");
        assertThat(line.get("slot").asString()).isEqualTo("0");
        assertThat(line.get("key").asString()).isEqualTo("aa");
        assertThat(line.get("algorithm").asString()).isEqualTo("ES256");
        assertThat(line.get("outcome").asString()).isEqualTo("failed");
        assertThat(line.get("problem").asString()).isEqualTo("slot-busy");
        assertThat(line.get("returnCode").asString()).isEqualTo("CKR_SESSION_COUNT");
    }

    @Test
    void aCallerCannotForgeALine() {
        var trail = new AuditTrail("request-2", "127.0.0.1");
        trail.key("a\r\n2026-01-01 INFO audit: {\"forged\":true}\u001b[2J");
        new AuditLog(JSON).append(trail.finish(404));

        assertThat(line()).doesNotContain("\n", "\r", "\u001b");
    }

    @Test
    void theOutcomeFollowsTheStatus() {
        var trail = new AuditTrail("request-3", "127.0.0.1");
        assertThat(trail.finish(201).outcome()).isEqualTo(AuditRecord.Outcome.SUCCESS);
        assertThat(trail.finish(403).outcome()).isEqualTo(AuditRecord.Outcome.REFUSED);
        assertThat(trail.finish(500).outcome()).isEqualTo(AuditRecord.Outcome.FAILED);
    }

    private String line() {
        assertThat(lines.list).hasSize(1);
        return lines.list.getFirst().getFormattedMessage();
    }
}
