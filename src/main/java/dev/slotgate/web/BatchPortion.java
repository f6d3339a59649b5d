package dev.slotgate.web;

import dev.slotgate.audit.AuditJournal;
import dev.slotgate.audit.AuditTrail;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Works on a portion of a batch: reads its items, has their calls made, and records and answers each. */
@Component
class BatchPortion {

    private final BatchOperations operations;
    private final BatchCalls calls;
    private final CallFailures failures;
    private final AuditJournal journal;
    private final CallMetrics metrics;
    private final JsonMapper json;

    BatchPortion(
            BatchOperations operations,
            BatchCalls calls,
            CallFailures failures,
            AuditJournal journal,
            CallMetrics metrics,
            JsonMapper json) {
        this.operations = operations;
        this.calls = calls;
        this.failures = failures;
        this.journal = journal;
        this.metrics = metrics;
        this.json = json;
    }

    /** @param numbers of the items, which ask for the same operation on the same slot */
    void run(BatchRun batch, List<Integer> numbers) {
        List<BatchItem> items = numbers.stream().map(batch::begin).toList();
        items.forEach(item -> read(item, batch));
        List<BatchItem> readable =
                items.stream().filter(item -> item.call() != null).toList();
        List<Callable<Object>> made = calls.make(readable.stream()
                .map(BatchItem::call)
                .map(Objects::requireNonNull)
                .toList());
        for (int i = 0; i < made.size(); i++) {
            readable.get(i).outcome(made.get(i));
        }
        items.forEach(item -> answer(item, batch));
    }

    private void read(BatchItem item, BatchRun batch) {
        try {
            item.reference(BatchReference.of(item.given()));
            journal.requireOpen();
            if (batch.isFull()) {
                throw tooLong();
            }
            item.call(operations.read(item.given(), batch.caller(), item.trail()));
        } catch (Exception e) {
            item.fail(e);
        }
    }

    private void answer(BatchItem item, BatchRun batch) {
        Answer answer = answer(item);
        // What was done is recorded as done, although its answer may be too long to be given.
        batch.recorded(journal.add(item.trail().finish(answer.status)));
        metrics.count(item.trail(), answer.status);
        String reference = item.reference();
        int characters = answer.body.length() + (reference == null ? 0 : reference.length());
        if (batch.add(characters) && answer.status == 200) {
            batch.add(-characters);
            answer = failed(tooLong(), item.trail());
        }
        batch.answer(item.number(), new BatchResponse.Item(reference, answer.status, answer.body));
    }

    private Answer answer(BatchItem item) {
        try {
            return new Answer(200, json.writeValueAsString(item.answer()));
        } catch (Exception e) {
            return failed(e, item.trail());
        }
    }

    private Answer failed(Exception e, AuditTrail trail) {
        var problem = failures.answer(e, trail);
        return new Answer(problem.getStatusCode().value(), json.writeValueAsString(problem.getBody()));
    }

    private static BodyTooLarge tooLong() {
        return BodyTooLarge.ofAnswers(BatchRun.LONGEST_ANSWER);
    }

    private record Answer(int status, String body) {}
}
