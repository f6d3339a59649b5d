package dev.slotgate.remote;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.remote.wire.Arguments;
import dev.slotgate.remote.wire.Mechanism;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call that is being served.
 *
 * @param slotOrNull the slot that it is about, if any
 * @param sessionOrNull the session that it is made in, if any
 */
record CallContext(
        Application application,
        Arguments arguments,
        AuditTrail trail,
        @Nullable SlotId slotOrNull,
        @Nullable RemoteSession sessionOrNull) {

    SlotId slot() {
        return Objects.requireNonNull(slotOrNull);
    }

    RemoteSession session() {
        return Objects.requireNonNull(sessionOrNull);
    }

    KeyUser user() {
        return application.user();
    }

    /** The object that an argument names. @throws CallRefused with this code when there is none */
    RemoteObject object(int position, ReturnCode otherwise) {
        return application.objects().get(arguments.number(position), slot(), otherwise);
    }

    /**
     * Begins an operation with the mechanism that the call names; without one, ends the one that is under way.
     *
     * @throws CallRefused OPERATION_ACTIVE, or whatever the operation cannot begin for
     */
    <T extends Operation> List<Object> begin(Class<T> kind, Function<Mechanism, T> operation) {
        Mechanism mechanism = arguments.mechanism(1);
        if (mechanism.isNone()) {
            session().end(kind);
        } else {
            session().begin(kind, operation.apply(mechanism));
        }
        return List.of();
    }

    Allowance allowance() {
        return application.allowance();
    }

    /** What the limits on wrong PINs count. */
    String caller() {
        return application.caller().name();
    }

    /** @throws CallRefused USER_NOT_LOGGED_IN */
    void requireUser() {
        if (application.login(slot()).role() != Login.Role.USER) {
            throw new CallRefused(ReturnCode.USER_NOT_LOGGED_IN);
        }
    }

    /** @throws CallRefused SESSION_READ_ONLY */
    void requireReadWrite() {
        if (!session().readWrite()) {
            throw new CallRefused(ReturnCode.SESSION_READ_ONLY);
        }
    }
}
