package dev.slotgate.remote;

import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.remote.wire.Dialect;
import dev.slotgate.security.Caller;
import dev.slotgate.security.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A connection is one Cryptoki application: its sessions, its logins and its handles, which mean nothing to any other. It belongs
 * to the thread that serves the connection.
 */
final class Application implements AutoCloseable {

    /** More than any client needs. */
    private static final int MAX_SESSIONS = 1024;

    /** What one takes here, with what it is in the middle of. */
    private static final int SESSION_BYTES = 1024;

    private final Caller caller;
    private final KeyUser user;
    private final Dialect dialect;
    private final Map<Long, RemoteSession> sessions = new TreeMap<>();
    private final Map<SlotId, Login> logins = new HashMap<>();
    private final Allowance allowance;
    private final ObjectHandles objects;
    private boolean initialized;
    private long lastSession;

    /** @param allowance that of all connections of the caller */
    Application(Caller caller, Dialect dialect, Allowance allowance) {
        this.caller = caller;
        this.allowance = allowance;
        this.objects = new ObjectHandles(allowance);
        this.user = new KeyUser(caller.subject(), caller.client(), caller.has(Scope.KEYS_GRANT));
        this.dialect = dialect;
    }

    Caller caller() {
        return caller;
    }

    KeyUser user() {
        return user;
    }

    Dialect dialect() {
        return dialect;
    }

    Allowance allowance() {
        return allowance;
    }

    ObjectHandles objects() {
        return objects;
    }

    boolean isInitialized() {
        return initialized;
    }

    void initialize() {
        initialized = true;
    }

    RemoteSession open(SlotId slot, boolean readWrite) {
        if (sessions.size() >= MAX_SESSIONS) {
            throw new CallRefused(ReturnCode.SESSION_COUNT);
        }
        allowance.keep(SESSION_BYTES);
        var session = new RemoteSession(++lastSession, slot, readWrite);
        sessions.put(session.handle(), session);
        return session;
    }

    /** @throws CallRefused SESSION_HANDLE_INVALID */
    RemoteSession session(long handle) {
        RemoteSession session = sessions.get(handle);
        if (session == null) {
            throw new CallRefused(ReturnCode.SESSION_HANDLE_INVALID);
        }
        return session;
    }

    List<RemoteSession> sessionsOf(SlotId slot) {
        return sessions.values().stream()
                .filter(session -> session.slot().equals(slot))
                .toList();
    }

    /** With the last session of a slot its login ends. */
    void close(RemoteSession session) {
        sessions.remove(session.handle());
        session.endAll();
        allowance.giveBack(SESSION_BYTES);
        objects.forgetOf(session);
        if (sessionsOf(session.slot()).isEmpty()) {
            logOut(session.slot());
        }
    }

    Login login(SlotId slot) {
        return logins.getOrDefault(slot, Login.PUBLIC);
    }

    /** Puts a login in the place of the one before. */
    void logIn(SlotId slot, Login login) {
        Login before = logins.put(slot, login);
        if (before != null) {
            before.close();
        }
    }

    void logOut(SlotId slot) {
        Login before = logins.remove(slot);
        if (before != null) {
            before.close();
        }
        objects.forgetPrivateOf(slot);
        sessionsOf(slot).forEach(RemoteSession::endAll);
    }

    /** Gives everything back. */
    @Override
    public void close() {
        List.copyOf(sessions.values()).forEach(this::close);
        List.copyOf(logins.keySet()).forEach(this::logOut);
        initialized = false;
    }
}
