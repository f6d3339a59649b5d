package dev.slotgate.web;

import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.List;

/** What a problem looks like in the contract (RFC 9457, and the members of our own). */
final class ProblemSchema {

    static final String NAME = "Problem";

    private ProblemSchema() {}

    static Schema<?> get() {
        var problem = new ObjectSchema();
        problem.addProperty("type", new StringSchema().example("urn:slotgate:problem:key-not-found"));
        problem.addProperty("title", new StringSchema());
        problem.addProperty("status", new IntegerSchema());
        problem.addProperty("detail", new StringSchema());
        problem.addProperty("instance", new StringSchema());
        problem.addProperty("code", code());
        problem.addProperty("requestId", new StringSchema());
        problem.addProperty(
                "retryable",
                new BooleanSchema().description("True when nothing was done, or doing it again is harmless."));
        problem.addProperty("ckr", new StringSchema().description("The token's return code."));
        problem.addProperty("field", new StringSchema().description("The field of the request that it is about."));
        problem.addProperty(
                "candidates", new ArraySchema().items(new StringSchema()).description("The ids that all fit."));
        problem.addProperty("remedy", new StringSchema());
        problem.setRequired(List.of("type", "title", "status", "detail", "code", "requestId", "retryable"));
        return problem;
    }

    /** Not an enum: clients made from one would fail at a code that is added later. */
    private static Schema<?> code() {
        var code = new StringSchema();
        code.setDescription("Which kind of problem it is; more may be added.");
        code.setExample("key-not-found");
        code.addExtension(
                "x-extensible-enum",
                ProblemCodes.all().map(ProblemCode::code).distinct().sorted().toList());
        return code;
    }
}
