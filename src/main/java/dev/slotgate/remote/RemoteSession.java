package dev.slotgate.remote;

import dev.slotgate.hsm.SlotId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A session of a client: what it is in the middle of. It holds no session of the token. */
final class RemoteSession {

    private final long handle;
    private final SlotId slot;
    private final boolean readWrite;
    private final Map<Class<?>, Operation> operations = new HashMap<>();

    RemoteSession(long handle, SlotId slot, boolean readWrite) {
        this.handle = handle;
        this.slot = slot;
        this.readWrite = readWrite;
    }

    long handle() {
        return handle;
    }

    SlotId slot() {
        return slot;
    }

    boolean readWrite() {
        return readWrite;
    }

    /** Begins an operation; of each kind there is one at a time. @throws CallRefused OPERATION_ACTIVE */
    <T extends Operation> void begin(Class<T> kind, T operation) {
        requireNone(kind);
        operations.put(kind, operation);
    }

    /** @throws CallRefused OPERATION_ACTIVE */
    void requireNone(Class<?> kind) {
        if (operations.containsKey(kind)) {
            throw new CallRefused(ReturnCode.OPERATION_ACTIVE);
        }
    }

    /** @throws CallRefused OPERATION_NOT_INITIALIZED */
    <T extends Operation> T operation(Class<T> kind) {
        T operation = operationOrNull(kind);
        if (operation == null) {
            throw new CallRefused(ReturnCode.OPERATION_NOT_INITIALIZED);
        }
        return operation;
    }

    <T extends Operation> @Nullable T operationOrNull(Class<T> kind) {
        return kind.cast(operations.get(kind));
    }

    void end(Class<?> kind) {
        Operation over = operations.remove(kind);
        if (over != null) {
            over.ended();
        }
    }

    /** A logout ends what needs a login. */
    void endAll() {
        operations.values().forEach(Operation::ended);
        operations.clear();
    }
}
