package dev.slotgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.slotgate.audit.AuditJournal;
import dev.slotgate.audit.AuditRecord;
import dev.slotgate.audit.Receipt;
import dev.slotgate.audit.Refusals;
import dev.slotgate.hsm.Slots;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class CallFilterTests {

    private final AuditJournal journal = mock(AuditJournal.class);
    private final Refusals refusals = mock(Refusals.class);
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/slots");
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private @Nullable AuditRecord recorded;
    private Receipt receipt = Receipt.NOTHING;

    @BeforeEach
    void listen() {
        when(refusals.append(any())).thenAnswer(call -> {
            recorded = call.getArgument(0);
            return receipt;
        });
    }

    @Test
    void aCallThatFailsIsAnsweredWithAProblemAndRecorded() throws Exception {
        filter(problems()).doFilter(request, response, (_, _) -> {
            throw new ServletException("inside");
        });

        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(response.getContentAsString()).contains("internal-error").doesNotContain("inside");
        assertThat(recorded).extracting(AuditRecord::status).isEqualTo(500);
    }

    @Test
    void aCallThatFailsWhenItsAnswerIsUnderWayIsNotRecordedAsASuccess() throws Exception {
        filter(problems()).doFilter(request, response, (_, _) -> {
            response.setCommitted(true);
            throw new IOException("gone");
        });

        assertThat(recorded).extracting(AuditRecord::outcome).isEqualTo(AuditRecord.Outcome.FAILED);
    }

    @Test
    void aCallIsRecordedEvenWhenItsAnswerCannotBeWritten() throws Exception {
        ProblemWriter broken = mock(ProblemWriter.class);
        doThrow(new IOException("gone")).when(broken).complete(any(), any());

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> filter(broken).doFilter(request, response, (_, answer) -> set(answer, 404)));

        assertThat(recorded).extracting(AuditRecord::status).isEqualTo(404);
    }

    @Test
    void noAnswerIsGivenWithoutItsRecord() throws Exception {
        receipt = Receipt.REFUSED;

        filter(problems()).doFilter(request, response, (_, answer) -> {
            set(answer, 404);
            answer.getWriter().write("what nobody may know");
        });

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader(CallFilter.REQUEST_ID)).isNotBlank();
        assertThat(response.getContentAsString())
                .contains("audit-unavailable", "\"retryable\":true")
                .doesNotContain("nobody");
    }

    @Test
    void whatWasTurnedAwayIsNotRecorded() throws Exception {
        filter(problems()).doFilter(request, response, (_, answer) -> {
            CallFilter.trail(request).turnedAway();
            set(answer, 503);
        });

        assertThat(recorded).isNull();
    }

    private CallFilter filter(ProblemWriter writer) {
        return new CallFilter(journal, refusals, new CallMetrics(new SimpleMeterRegistry(), mock(Slots.class)), writer);
    }

    private static void set(ServletResponse answer, int status) {
        ((HttpServletResponse) answer).setStatus(status);
    }

    private static ProblemWriter problems() {
        return new ProblemWriter(JsonMapper.builder().build());
    }
}
