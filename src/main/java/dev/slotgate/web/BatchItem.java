package dev.slotgate.web;

import dev.slotgate.audit.AuditTrail;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An item of a batch under way. */
final class BatchItem {

    private final int number;
    private final @Nullable Map<String, @Nullable JsonNode> given;
    private final AuditTrail trail;
    private @Nullable String reference;
    private @Nullable BatchCall call;
    private Callable<Object> outcome = () -> {
        throw new IllegalStateException("the item was not worked on");
    };

    BatchItem(int number, @Nullable Map<String, @Nullable JsonNode> given, AuditTrail trail) {
        this.number = number;
        this.given = given;
        this.trail = trail;
    }

    int number() {
        return number;
    }

    /** As the caller sent it. */
    @Nullable
    Map<String, @Nullable JsonNode> given() {
        return given;
    }

    AuditTrail trail() {
        return trail;
    }

    @Nullable
    String reference() {
        return reference;
    }

    void reference(@Nullable String given) {
        reference = given;
    }

    /** What is to be done; null when the item has failed already. */
    @Nullable
    BatchCall call() {
        return call;
    }

    void call(BatchCall read) {
        call = read;
    }

    void fail(Exception e) {
        outcome(() -> {
            throw e;
        });
    }

    void outcome(Callable<Object> made) {
        outcome = made;
    }

    /** The answer. @throws Exception what the item failed with */
    Object answer() throws Exception {
        return outcome.call();
    }
}
