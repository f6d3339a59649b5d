package dev.slotgate.remote;

import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.SlotId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The handles of a connection's objects. An object of a token keeps its handle as long as it may be seen. */
final class ObjectHandles {

    /** A client has some objects of its own, not a data store. */
    private static final int MAX_OF_SESSIONS = 256;

    private final Allowance allowance;
    private final Map<Long, RemoteObject> byHandle = new LinkedHashMap<>();
    private final Map<RemoteObject.Identity, Long> ofTokens = new HashMap<>();
    private final Set<OnSlot> destroyed = new HashSet<>();
    private long last;

    /** @param allowance what objects that clients keep here count against */
    ObjectHandles(Allowance allowance) {
        this.allowance = allowance;
    }

    /** The handle of an object of a token, whose attributes may have changed. */
    long of(RemoteObject object) {
        destroyed.remove(OnSlot.of(object));
        long handle = ofTokens.computeIfAbsent(object.identity(), _ -> ++last);
        byHandle.put(handle, object);
        return handle;
    }

    /** Keeps an object that lives as long as its session. @throws CallRefused SESSION_COUNT when there are too many, DEVICE_MEMORY */
    long keep(RemoteObject object) {
        if (byHandle.size() - ofTokens.size() >= MAX_OF_SESSIONS) {
            throw new CallRefused(ReturnCode.SESSION_COUNT);
        }
        allowance.keep(object.weight());
        byHandle.put(++last, object);
        return last;
    }

    /** @throws CallRefused with this code when there is none on the slot */
    RemoteObject get(long handle, SlotId slot, ReturnCode otherwise) {
        RemoteObject object = byHandle.get(handle);
        if (object == null || !object.identity().slot().equals(slot)) {
            throw new CallRefused(otherwise);
        }
        return object;
    }

    /** The objects of sessions on a slot, by handle. */
    List<Long> ofSessions(SlotId slot) {
        return byHandle.entrySet().stream()
                .filter(entry -> entry.getValue().sessionOrNull() != null
                        && entry.getValue().identity().slot().equals(slot))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether it is a half of a key that is destroyed. */
    boolean isLeftOver(RemoteObject object) {
        return destroyed.contains(OnSlot.of(object));
    }

    /** The key is destroyed; a handle of its other half stays until that is destroyed, too. */
    void leaveOver(RemoteObject object) {
        destroyed.add(OnSlot.of(object));
    }

    void forget(long handle) {
        RemoteObject object = byHandle.remove(handle);
        if (object != null) {
            ofTokens.remove(object.identity(), handle);
            if (!object.isOfToken()) {
                allowance.giveBack(object.weight());
            }
        }
    }

    void forgetOf(@Nullable RemoteSession session) {
        forgetWhere(object -> object.sessionOrNull() != null && object.sessionOrNull() == session);
    }

    void forgetPrivateOf(SlotId slot) {
        forgetWhere(object -> object.isPrivate() && object.identity().slot().equals(slot));
    }

    private void forgetWhere(Predicate<RemoteObject> gone) {
        List<Long> handles = byHandle.entrySet().stream()
                .filter(entry -> gone.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        handles.forEach(this::forget);
    }

    /** A key: other slots may have one of the same id. */
    private record OnSlot(SlotId slot, KeyId key) {

        static OnSlot of(RemoteObject object) {
            return new OnSlot(object.identity().slot(), object.id());
        }
    }
}
