package dev.slotgate.web;

import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.stereotype.Component;

/** Makes the calls of a batch: together where that costs less, else one by one. */
@Component
class BatchCalls {

    private final SlotTurns turns;

    BatchCalls(SlotTurns turns) {
        this.turns = turns;
    }

    /**
     * Makes calls of one operation to one slot by one caller.
     *
     * @return what gives the answer of each, in order, or throws what it failed with
     */
    List<Callable<Object>> make(List<BatchCall> calls) {
        if (calls.isEmpty() || !calls.getFirst().operation().goesTogether()) {
            return calls.stream().map(this::one).toList();
        }
        try {
            return turns.inTurn(calls.getFirst().slot(), calls.size(), () -> together(calls));
        } catch (Exception e) {
            Callable<Object> failing = () -> {
                throw e;
            };
            return calls.stream().map(_ -> failing).toList();
        }
    }

    private Callable<Object> one(BatchCall call) {
        return () -> turns.inTurn(call.slot(), 1, call::make);
    }

    private static List<Callable<Object>> together(List<BatchCall> calls) throws Exception {
        BatchCall first = calls.getFirst();
        return first.operation()
                .callAll(
                        first.slot(),
                        calls.stream().map(BatchCall::request).toList(),
                        first.user(),
                        calls.stream().map(BatchCall::trail).toList());
    }
}
