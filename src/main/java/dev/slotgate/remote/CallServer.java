package dev.slotgate.remote;

import dev.slotgate.audit.AuditJournal;
import dev.slotgate.audit.AuditTrail;
import dev.slotgate.audit.JournalUnavailable;
import dev.slotgate.audit.Receipt;
import dev.slotgate.audit.RequestId;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.remote.wire.Arguments;
import dev.slotgate.remote.wire.MalformedFrame;
import dev.slotgate.remote.wire.RequestBody;
import dev.slotgate.remote.wire.Sized;
import dev.slotgate.security.Caller;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Serves each call by its row of the table. Nothing is answered before its record is on the disk. */
@Component
class CallServer {

    private static final int INITIALIZE = 1;

    private final Map<Integer, Call> table;
    private final CallAccess access;
    private final AuditJournal journal;

    CallServer(List<Call.Family> families, CallAccess access, AuditJournal journal) {
        this.table = families.stream()
                .flatMap(family -> family.calls().stream())
                .collect(Collectors.toMap(call -> call.shape().id(), Function.identity()));
        this.access = access;
        this.journal = journal;
    }

    /**
     * The body that answers a body, which is wiped.
     *
     * @param source where the connection comes from
     * @throws MalformedFrame when it is none; the connection is of no use then
     */
    byte[] answer(Application application, String source, byte[] body) throws MalformedFrame {
        try {
            var request = new RequestBody(body, application.dialect());
            Call call = table.get(request.call());
            if (call == null) {
                return RequestBody.error(ReturnCode.FUNCTION_NOT_SUPPORTED.code());
            }
            Arguments arguments = request.read(call.shape());
            try {
                return served(application, call, arguments, source);
            } finally {
                arguments.wipe();
            }
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    private byte[] served(Application application, Call call, Arguments arguments, String source) {
        Caller caller = application.caller();
        var trail = new AuditTrail(RequestId.random(), source);
        trail.by(caller.subject(), caller.client(), caller.scopes(), caller.tokenId());
        Rule rule = Rule.NONE;
        List<Object> values = List.of();
        ReturnCode code = ReturnCode.OK;
        CallContext context = null;
        try {
            context = context(application, call, arguments, trail);
            rule = call.rule().apply(context);
            access.begin(rule, context);
            values = call.handler().serve(context);
        } catch (RuntimeException e) {
            code = Failures.of(e, trail);
            endOperation(call, context);
        }
        if (isTold(rule, code, values) && !isWritten(code, trail)) {
            code = ReturnCode.FUNCTION_FAILED;
        }
        return code == ReturnCode.OK
                ? call.shape().answer(application.dialect(), values)
                : RequestBody.error(code.code());
    }

    /** What fails in the middle of an operation ends it (PKCS#11 2.40 section 5.8 and those after it). */
    private static void endOperation(Call call, @Nullable CallContext context) {
        if (call.operation() != null && context != null) {
            context.session().end(call.operation());
        }
    }

    private static CallContext context(Application application, Call call, Arguments arguments, AuditTrail trail) {
        if (!application.isInitialized() && call.shape().id() != INITIALIZE) {
            throw new CallRefused(ReturnCode.CRYPTOKI_NOT_INITIALIZED);
        }
        RemoteSession session = call.target() == Call.Target.SESSION ? application.session(arguments.number(0)) : null;
        SlotId slot =
                session == null ? call.target() == Call.Target.SLOT ? slot(arguments.number(0)) : null : session.slot();
        if (slot != null) {
            trail.slot(slot.toString());
        }
        return new CallContext(application, arguments, trail, slot, session);
    }

    private static SlotId slot(long number) {
        // The greatest number stands for what no caller can name.
        if (number < 0 || number >= Integer.MAX_VALUE) {
            throw new CallRefused(ReturnCode.SLOT_ID_INVALID);
        }
        return new SlotId((int) number);
    }

    /** Whether the call has a record: one that was asked for a length has done nothing yet. */
    private static boolean isTold(Rule rule, ReturnCode code, List<Object> values) {
        if (rule.action() == null) {
            return false;
        }
        if (code != ReturnCode.OK) {
            return true;
        }
        return rule.effect() != Rule.Effect.BEGINS
                && values.stream().noneMatch(value -> value instanceof Sized sized && !sized.done());
    }

    private boolean isWritten(ReturnCode code, AuditTrail trail) {
        if (trail.isTurnedAway()) {
            return true;
        }
        try {
            Receipt receipt = journal.append(trail.finish(Failures.outcome(code)));
            receipt.await();
            return true;
        } catch (JournalUnavailable e) {
            return false;
        }
    }
}
