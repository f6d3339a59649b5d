package dev.slotgate.remote;

import dev.slotgate.remote.wire.CallShape;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call that is served: a row of the table.
 *
 * @param target what its first argument names
 * @param rule who may make it, which may depend on what was begun before
 * @param handler gives the values of the answer, in the order of its signature
 * @param operation that it goes on with, and that is over when it fails
 */
record Call(
        CallShape shape,
        Target target,
        Function<CallContext, Rule> rule,
        Handler handler,
        @Nullable Class<? extends Operation> operation) {

    /** A call whose first argument is a session. */
    static Call onSession(int id, String name, String request, String answer, Rule rule, Handler handler) {
        return onSession(id, name, request, answer, _ -> rule, handler);
    }

    static Call onSession(
            int id, String name, String request, String answer, Function<CallContext, Rule> rule, Handler handler) {
        return new Call(new CallShape(id, name, request, answer), Target.SESSION, rule, handler, null);
    }

    /** A call whose first argument is a slot. */
    static Call onSlot(int id, String name, String request, String answer, Rule rule, Handler handler) {
        return new Call(new CallShape(id, name, request, answer), Target.SLOT, _ -> rule, handler, null);
    }

    /** A call to the whole. */
    static Call toAll(int id, String name, String request, String answer, Rule rule, Handler handler) {
        return new Call(new CallShape(id, name, request, answer), Target.NOTHING, _ -> rule, handler, null);
    }

    /** The same, going on with an operation of the session. */
    Call goingOnWith(Class<? extends Operation> begun) {
        return new Call(shape, target, rule, handler, begun);
    }

    /** What a call is about. */
    enum Target {
        NOTHING,
        SLOT,
        SESSION
    }

    /** Does what is asked. */
    @FunctionalInterface
    interface Handler {
        List<Object> serve(CallContext call);
    }

    /** Some calls that belong together. */
    interface Family {
        List<Call> calls();
    }
}
