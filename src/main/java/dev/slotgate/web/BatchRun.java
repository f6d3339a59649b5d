package dev.slotgate.web;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.audit.Receipt;
import dev.slotgate.security.Caller;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A batch under way: what is asked for, and what has been answered so far. */
final class BatchRun {

    /** Of all answers, in characters. */
    static final long LONGEST_ANSWER = 16L << 20;

    private final List<@Nullable Map<String, @Nullable JsonNode>> items;
    private final Caller caller;
    private final AuditTrail whole;
    private final BatchResponse.Item[] answers;
    private final AtomicLong length = new AtomicLong();
    private final Set<Receipt> receipts = ConcurrentHashMap.newKeySet();

    BatchRun(List<@Nullable Map<String, @Nullable JsonNode>> items, Caller caller, AuditTrail whole) {
        this.items = items;
        this.caller = caller;
        this.whole = whole;
        this.answers = new BatchResponse.Item[items.size()];
        CallFilter.by(whole, caller);
    }

    List<@Nullable Map<String, @Nullable JsonNode>> items() {
        return items;
    }

    Caller caller() {
        return caller;
    }

    BatchItem begin(int number) {
        return new BatchItem(number, items.get(number), whole.part(number));
    }

    void recorded(Receipt receipt) {
        receipts.add(receipt);
    }

    /** Of the records of the items, each of which many share. */
    Set<Receipt> receipts() {
        return receipts;
    }

    boolean isFull() {
        return length.get() > LONGEST_ANSWER;
    }

    /** Counts characters, or takes them back. @return whether there are too many now */
    boolean add(int characters) {
        return length.addAndGet(characters) > LONGEST_ANSWER;
    }

    void answer(int number, BatchResponse.Item answer) {
        answers[number] = answer;
    }

    /** @throws IllegalStateException when an item has no answer */
    BatchResponse response() {
        if (Arrays.asList(answers).contains(null)) {
            throw new IllegalStateException("an item of a batch was not worked on to its end");
        }
        return new BatchResponse(Arrays.asList(answers));
    }
}
