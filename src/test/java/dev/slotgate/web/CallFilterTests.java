package dev.slotgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.slotgate.audit.AuditLog;
import dev.slotgate.audit.AuditRecord;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class CallFilterTests {

    private final AuditLog log = mock(AuditLog.class);
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/slots");
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void aCallThatFailsIsAnsweredWithAProblemAndRecorded() throws Exception {
        var filter = new CallFilter(log, new ProblemWriter(JsonMapper.builder().build()));

        filter.doFilter(request, response, (_, _) -> {
            throw new ServletException("inside");
        });

        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(response.getContentAsString()).contains("internal-error").doesNotContain("inside");
        assertThat(recorded().status()).isEqualTo(500);
    }

    @Test
    void aCallThatFailsWhenItsAnswerIsUnderWayIsNotRecordedAsASuccess() throws Exception {
        var filter = new CallFilter(log, new ProblemWriter(JsonMapper.builder().build()));

        filter.doFilter(request, response, (_, _) -> {
            response.setCommitted(true);
            throw new IOException("gone");
        });

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(recorded().outcome()).isEqualTo(AuditRecord.Outcome.FAILED);
    }

    @Test
    void aCallIsRecordedEvenWhenItsAnswerCannotBeWritten() throws Exception {
        ProblemWriter broken = mock(ProblemWriter.class);
        doThrow(new IOException("gone")).when(broken).complete(any(), any());

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() ->
                        new CallFilter(log, broken).doFilter(request, response, (_, _) -> response.setStatus(404)));

        assertThat(recorded().status()).isEqualTo(404);
    }

    private AuditRecord recorded() {
        var entry = ArgumentCaptor.forClass(AuditRecord.class);
        verify(log).append(entry.capture());
        return entry.getValue();
    }
}
