package dev.slotgate.web;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.SideBySide;
import dev.slotgate.security.Caller;
import dev.slotgate.trace.Traces;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Runs the items of a batch side by side; whatever becomes of one, the others get their answers. */
@Component
class Batches {

    private static final int MOST_ITEMS = 1_000;

    /** As many as keep every session of some slots busy; with more, those at the end would wait too long for one. */
    private static final int SIDE_BY_SIDE = 16;

    /**
     * What is checked of an item must still hold when its call is made, and what works side by side must find room in a slot, so
     * few go together here; more of them may further on, where they wait for a session.
     */
    private static final int MOST_TOGETHER = 4;

    private final BatchOperations operations;
    private final BatchPortion work;
    private final CallMetrics metrics;
    private final Traces traces;

    Batches(BatchOperations operations, BatchPortion work, CallMetrics metrics, Traces traces) {
        this.operations = operations;
        this.work = work;
        this.metrics = metrics;
        this.traces = traces;
    }

    BatchResponse run(BatchRequest request, Caller caller, AuditTrail whole) {
        var run = new BatchRun(items(request), caller, whole);
        int share = Math.min(MOST_TOGETHER, Math.ceilDiv(run.items().size(), SIDE_BY_SIDE));
        List<List<Integer>> portions =
                BatchPortions.of(run.items(), operation -> operations.goesTogether(operation) ? share : 1);
        var next = new AtomicInteger();
        SideBySide.each(
                IntStream.range(0, Math.min(SIDE_BY_SIDE, portions.size()))
                        .boxed()
                        .toList(),
                traces.carried(_ -> {
                    for (int i = next.getAndIncrement(); i < portions.size(); i = next.getAndIncrement()) {
                        work.run(run, portions.get(i));
                    }
                }));
        run.receipts().forEach(metrics::await);
        return run.response();
    }

    private static List<@Nullable Map<String, @Nullable JsonNode>> items(BatchRequest request) {
        List<@Nullable Map<String, @Nullable JsonNode>> items = request.items();
        if (items == null || items.size() > MOST_ITEMS) {
            throw HsmException.invalidField(
                    "items", "a list of at most " + MOST_ITEMS, items == null ? "nothing" : items.size() + " of them");
        }
        return items;
    }
}
