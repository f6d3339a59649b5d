package dev.slotgate.hsm.worker;

import static dev.slotgate.hsm.HsmFailure.TOKEN_UNAVAILABLE;

import dev.slotgate.hsm.HsmException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one end of a link does for the other: a function per operation. */
final class Handlers {

    private static final Logger LOG = LoggerFactory.getLogger(Handlers.class);

    private final Map<Integer, Handler<?, ?>> byCode = new HashMap<>();
    private final Executor threads;

    /** Each request is served on a virtual thread of its own. */
    Handlers() {
        this(Thread::startVirtualThread);
    }

    /** @param threads where requests are served; must take any number at once */
    Handlers(Executor threads) {
        this.threads = threads;
    }

    Executor threads() {
        return threads;
    }

    /** The function may run on many threads at once; what it throws goes to the other end. */
    <Q extends @Nullable Object, A extends @Nullable Object> Handlers on(
            Operation<Q, A> operation, Function<Q, A> function) {
        if (byCode.putIfAbsent(operation.code(), new Handler<>(operation, function)) != null) {
            throw new IllegalArgumentException("code " + operation.code() + " of " + operation + " is taken");
        }
        return this;
    }

    /**
     * Does what was asked for.
     *
     * @return the answer, or the failure
     * @throws WireException when the request is none
     */
    Frame serve(Arrived request) {
        WireReader content = new WireReader(request.content());
        Handler<?, ?> handler = byCode.get(content.takeByte());
        if (handler == null) {
            throw new WireException("expected an operation that is served here");
        }
        return handler.serve(request, content);
    }

    private record Handler<Q extends @Nullable Object, A extends @Nullable Object>(
            Operation<Q, A> operation, Function<Q, A> function) {

        Frame serve(Arrived request, WireReader content) {
            Q question;
            try {
                question = content.last(operation.request());
            } finally {
                request.wipe();
            }
            return answer(request.call(), question);
        }

        /** Errors are answered too: the caller would wait for its deadline otherwise. */
        private Frame answer(int call, Q question) {
            try {
                return outcome(call, question);
            } catch (WireException e) {
                LOG.error("The outcome of {} cannot be sent: {}.", operation, e.getMessage());
            } catch (RuntimeException | Error e) {
                LOG.error("{} failed with {}.", operation, e.getClass().getName());
            }
            return Frame.failure(call, Failure.of(new HsmException(TOKEN_UNAVAILABLE, "The worker failed.")));
        }

        private Frame outcome(int call, Q question) {
            try {
                A answer = function.apply(question);
                try {
                    return Frame.answer(call, operation.answer(), answer);
                } finally {
                    Secrets.wipe(answer);
                }
            } catch (HsmException e) {
                return Frame.failure(call, Failure.of(e));
            }
        }
    }
}
