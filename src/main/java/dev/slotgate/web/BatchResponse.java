package dev.slotgate.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers to the items of a batch, in their order. */
record BatchResponse(List<Item> items) {

    /**
     * What the item's own call would have been answered.
     *
     * @param status the HTTP status
     * @param body JSON
     */
    @Schema(name = "BatchItem")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            @Nullable String reference,
            int status,
            @JsonRawValue @Schema(types = "object") String body) {}
}
