package dev.slotgate.remote;

import static dev.slotgate.remote.Cryptoki.RW_SESSION;
import static dev.slotgate.remote.Cryptoki.SERIAL_SESSION;
import static dev.slotgate.remote.Cryptoki.SO;
import static dev.slotgate.remote.Cryptoki.USER;

import dev.slotgate.hsm.CallersPins;
import dev.slotgate.hsm.Pin;
import dev.slotgate.security.Scope;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Sessions and logins (PKCS#11 2.40 section 5.6). Both are the connection's own: the token has no part in them but that it judges
 * the PIN of the SO.
 */
@Component
class SessionCalls implements Call.Family {

    private static final Rule OF_USER = new Rule(Set.of(), "pins.user.verify", Rule.Effect.USES);
    private static final Rule OF_SO = Rule.use(Scope.PINS_SO, "pins.so.verify");

    private final CallersPins pins;

    SessionCalls(CallersPins pins) {
        this.pins = pins;
    }

    @Override
    public List<Call> calls() {
        return List.of(
                Call.onSlot(10, "C_OpenSession", "uu", "u", Rule.NONE, SessionCalls::open),
                Call.onSession(11, "C_CloseSession", "u", "", Rule.NONE, SessionCalls::close),
                Call.onSlot(12, "C_CloseAllSessions", "u", "", Rule.NONE, SessionCalls::closeAll),
                Call.onSession(13, "C_GetSessionInfo", "u", "uuuu", Rule.NONE, SessionCalls::info),
                Call.onSession(
                        18,
                        "C_Login",
                        "uuay",
                        "",
                        call -> call.arguments().number(1) == SO ? OF_SO : OF_USER,
                        this::logIn),
                Call.onSession(19, "C_Logout", "u", "", Rule.NONE, SessionCalls::logOut));
    }

    private static List<Object> open(CallContext call) {
        long flags = call.arguments().number(1);
        if ((flags & SERIAL_SESSION) == 0) {
            throw new CallRefused(ReturnCode.SESSION_PARALLEL_NOT_SUPPORTED);
        }
        boolean readWrite = (flags & RW_SESSION) != 0;
        Application application = call.application();
        if (!readWrite && application.login(call.slot()).role() == Login.Role.SO) {
            throw new CallRefused(ReturnCode.SESSION_READ_WRITE_SO_EXISTS);
        }
        return List.of(application.open(call.slot(), readWrite).handle());
    }

    private static List<Object> close(CallContext call) {
        call.application().close(call.session());
        return List.of();
    }

    private static List<Object> closeAll(CallContext call) {
        call.application().sessionsOf(call.slot()).forEach(call.application()::close);
        return List.of();
    }

    private static List<Object> info(CallContext call) {
        RemoteSession session = call.session();
        return List.of(
                (long) session.slot().value(),
                state(session, call.application().login(session.slot()).role()),
                SERIAL_SESSION | (session.readWrite() ? RW_SESSION : 0),
                0L);
    }

    /** CKS_: read-only public 0 and user 1, read-write public 2, user 3 and SO 4. */
    private static long state(RemoteSession session, Login.Role role) {
        return (session.readWrite() ? 2 : 0) + role.state();
    }

    private List<Object> logIn(CallContext call) {
        long user = call.arguments().number(1);
        if (user != USER && user != SO) {
            throw new CallRefused(ReturnCode.USER_TYPE_INVALID);
        }
        requireFree(call, user);
        Pin pin = PinCalls.pin(call, 2, ReturnCode.PIN_INCORRECT);
        if (user == USER) {
            try (pin) {
                pins.checkUserPin(call.caller(), call.slot(), pin);
            }
            call.application().logIn(call.slot(), Login.USER);
        } else {
            logInSo(call, pin);
        }
        return List.of();
    }

    private void logInSo(CallContext call, Pin pin) {
        boolean accepted = false;
        try {
            pins.checkSoPin(call.caller(), call.slot(), pin);
            call.application().logIn(call.slot(), Login.ofSo(pin));
            accepted = true;
        } finally {
            if (!accepted) {
                pin.close();
            }
        }
    }

    private static void requireFree(CallContext call, long user) {
        Login.Role role = call.application().login(call.slot()).role();
        if (role != Login.Role.PUBLIC) {
            boolean same = (role == Login.Role.USER) == (user == USER);
            throw new CallRefused(same ? ReturnCode.USER_ALREADY_LOGGED_IN : ReturnCode.USER_ANOTHER_ALREADY_LOGGED_IN);
        }
        boolean readOnly = call.application().sessionsOf(call.slot()).stream().anyMatch(open -> !open.readWrite());
        if (user == SO && readOnly) {
            throw new CallRefused(ReturnCode.SESSION_READ_ONLY_EXISTS);
        }
    }

    private static List<Object> logOut(CallContext call) {
        if (call.application().login(call.slot()).role() == Login.Role.PUBLIC) {
            throw new CallRefused(ReturnCode.USER_NOT_LOGGED_IN);
        }
        call.application().logOut(call.slot());
        return List.of();
    }
}
