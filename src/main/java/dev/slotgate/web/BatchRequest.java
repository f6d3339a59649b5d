package dev.slotgate.web;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /batch}.
 *
 * @param items each with {@code slot}, {@code operation}, {@code reference} if that is wanted back, and the fields of the
 *     operation's own call
 */
record BatchRequest(
        @ArraySchema(
                maxItems = 1_000,
                arraySchema =
                        @Schema(
                                description =
                                        "Each with slot, operation, reference if that is wanted back, and the fields of the operation's own call"))
        @Nullable
        List<@Nullable Map<String, @Nullable JsonNode>> items) {}
