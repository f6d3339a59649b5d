package dev.slotgate.web;

import dev.slotgate.audit.AuditJournal;
import dev.slotgate.audit.AuditTrail;
import dev.slotgate.audit.Receipt;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.PlainText;
import dev.slotgate.hsm.SideBySide;
import dev.slotgate.security.Caller;
import dev.slotgate.trace.Traces;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the items of a batch side by side; whatever becomes of one, the others get their answers. */
@Component
class Batches {

    private static final int MOST_ITEMS = 1_000;
    private static final long LONGEST_ANSWER = 16L << 20;
    private static final int LONGEST_REFERENCE = 1_000;

    /** As many as keep every session of some slots busy; with more, those at the end would wait too long for one. */
    private static final int SIDE_BY_SIDE = 16;

    private final BatchOperations operations;
    private final CallFailures failures;
    private final AuditJournal journal;
    private final CallMetrics metrics;
    private final Traces traces;
    private final JsonMapper json;

    Batches(
            BatchOperations operations,
            CallFailures failures,
            AuditJournal journal,
            CallMetrics metrics,
            Traces traces,
            JsonMapper json) {
        this.metrics = metrics;
        this.traces = traces;
        this.operations = operations;
        this.failures = failures;
        this.journal = journal;
        this.json = json;
    }

    BatchResponse run(BatchRequest request, Caller caller, AuditTrail whole) {
        List<@Nullable Map<String, @Nullable JsonNode>> items = items(request);
        var answers = new BatchResponse.Item[items.size()];
        var next = new AtomicInteger();
        var length = new AtomicLong();
        Set<Receipt> receipts = ConcurrentHashMap.newKeySet();
        SideBySide.each(
                IntStream.range(0, Math.min(SIDE_BY_SIDE, answers.length))
                        .boxed()
                        .toList(),
                traces.carried(_ -> {
                    for (int i = next.getAndIncrement(); i < answers.length; i = next.getAndIncrement()) {
                        answers[i] = answer(items.get(i), caller, whole.part(i), length, receipts);
                    }
                }));
        receipts.forEach(metrics::await);
        return new BatchResponse(Arrays.asList(answers));
    }

    private static List<@Nullable Map<String, @Nullable JsonNode>> items(BatchRequest request) {
        List<@Nullable Map<String, @Nullable JsonNode>> items = request.items();
        if (items == null || items.size() > MOST_ITEMS) {
            throw HsmException.invalidField(
                    "items", "a list of at most " + MOST_ITEMS, items == null ? "nothing" : items.size() + " of them");
        }
        return items;
    }

    private BatchResponse.Item answer(
            @Nullable Map<String, @Nullable JsonNode> item,
            Caller caller,
            AuditTrail trail,
            AtomicLong length,
            Set<Receipt> receipts) {
        CallFilter.by(trail, caller);
        String reference = null;
        Answer answer;
        try {
            reference = reference(item);
            journal.requireOpen();
            if (length.get() > LONGEST_ANSWER) {
                throw tooLong();
            }
            answer = new Answer(200, json.writeValueAsString(operations.call(item, caller, trail)));
        } catch (Exception e) {
            answer = failed(e, trail);
        }
        // What was done is recorded as done, although its answer may be too long to be given.
        receipts.add(journal.append(trail.finish(answer.status)));
        metrics.count(trail, answer.status);
        int characters = answer.body.length() + (reference == null ? 0 : reference.length());
        if (length.addAndGet(characters) > LONGEST_ANSWER && answer.status == 200) {
            length.addAndGet(-characters);
            answer = failed(tooLong(), trail);
        }
        return new BatchResponse.Item(reference, answer.status, answer.body);
    }

    private static @Nullable String reference(@Nullable Map<String, @Nullable JsonNode> item) {
        JsonNode given = item == null ? null : item.get("reference");
        if (given == null || given.isNull()) {
            return null;
        }
        if (!given.isString()
                || given.asString().length() > LONGEST_REFERENCE
                || !given.asString().codePoints().allMatch(PlainText::has)) {
            throw HsmException.invalidField(
                    "reference", "a text of at most " + LONGEST_REFERENCE + " characters", "something else");
        }
        return given.asString();
    }

    private Answer failed(Exception e, AuditTrail trail) {
        var problem = failures.answer(e, trail);
        return new Answer(problem.getStatusCode().value(), json.writeValueAsString(problem.getBody()));
    }

    private static BodyTooLarge tooLong() {
        return BodyTooLarge.ofAnswers(LONGEST_ANSWER);
    }

    private record Answer(int status, String body) {}
}
