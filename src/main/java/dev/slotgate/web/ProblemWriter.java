package dev.slotgate.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems where no controller answers. */
@Component
class ProblemWriter {

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    void write(ResponseEntity<Object> problem, HttpServletResponse response) throws IOException {
        response.setStatus(problem.getStatusCode().value());
        problem.getHeaders().forEach((name, values) -> response.setHeader(name, values.getFirst()));
        json.writeValue(response.getOutputStream(), Objects.requireNonNull(problem.getBody()));
    }

    /** Gives an answer that failed without a word its problem. */
    void complete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        if (status != null && status.isError() && !response.isCommitted() && response.getContentType() == null) {
            write(Problems.of(status, CallFilter.trail(request)), response);
        }
    }
}
