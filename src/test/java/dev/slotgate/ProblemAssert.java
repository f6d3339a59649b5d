package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;

/** Asserts about answers to calls that failed. */
public final class ProblemAssert {

    private final JsonNode problem;

    private ProblemAssert(JsonNode problem) {
        this.problem = problem;
    }

    /** The answer is a problem of this status and code, complete, and shows nothing of the gateway's inside. */
    public static ProblemAssert assertProblem(Gateway.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("type").asString()).isEqualTo("urn:slotgate:problem:" + code);
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("requestId").asString())
                .isEqualTo(answer.header("X-Request-Id"))
                .isNotEmpty();
        for (String member : new String[] {"title", "detail", "instance", "remedy"}) {
            assertThat(problem.path(member).asString()).as(member).isNotEmpty();
        }
        assertThat(problem.path("retryable").isBoolean()).isTrue();
        assertThat(answer.text()).doesNotContain("Exception", "java.", "org.", "dev.slotgate", "/tmp", "	at ");
        return new ProblemAssert(problem);
    }

    public ProblemAssert names(String field) {
        assertThat(problem.path("field").asString()).isEqualTo(field);
        assertThat(problem.path("detail").asString()).startsWith(field + ": ");
        return this;
    }

    public ProblemAssert says(String detail) {
        assertThat(problem.path("detail").asString()).contains(detail);
        return this;
    }
}
