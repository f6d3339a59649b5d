package dev.slotgate.remote;

import dev.slotgate.hsm.CallersPins;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.RequestPin;
import dev.slotgate.security.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;

/** Changes of PINs, and the initialisation of tokens (PKCS#11 2.40 section 5.5). */
@Component
class PinCalls implements Call.Family {

    private static final int LABEL_BYTES = 32;

    private static final Rule INITIALISE = Rule.change(Scope.SLOTS_ADMIN, "slots.init");
    private static final Rule RESET = Rule.change(Scope.PINS_SO, "pins.user.reset");
    private static final Rule CHANGE = Rule.change(Scope.PINS_USER, "pins.user.change");
    private static final Rule CHANGE_SO = Rule.change(Scope.PINS_SO, "pins.so.change");

    private final CallersPins pins;

    PinCalls(CallersPins pins) {
        this.pins = pins;
    }

    @Override
    public List<Call> calls() {
        return List.of(
                Call.onSlot(9, "C_InitToken", "uayz", "", INITIALISE, this::initialise),
                Call.onSession(14, "C_InitPIN", "uay", "", RESET, this::reset),
                Call.onSession(15, "C_SetPIN", "uayay", "", call -> isSo(call) ? CHANGE_SO : CHANGE, this::change),
                Call.onSlot(88, "C_InitToken2", "uays", "", INITIALISE, this::initialise));
    }

    private List<Object> initialise(CallContext call) {
        if (!call.application().sessionsOf(call.slot()).isEmpty()) {
            throw new CallRefused(ReturnCode.SESSION_EXISTS);
        }
        String label = label(call.arguments().bytesOrNone(2));
        try (Pin soPin = pin(call, 1, ReturnCode.PIN_INCORRECT)) {
            pins.initialise(call.caller(), call.slot(), label, soPin);
        }
        return List.of();
    }

    /** Some clients send what follows the 32 bytes in their memory, too. */
    private static String label(byte[] sent) {
        byte[] label = Arrays.copyOf(sent, Math.min(sent.length, LABEL_BYTES));
        String text = new String(label, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            throw new CallRefused(ReturnCode.ARGUMENTS_BAD);
        }
        return text;
    }

    private List<Object> reset(CallContext call) {
        call.requireReadWrite();
        if (!isSo(call)) {
            throw new CallRefused(ReturnCode.USER_NOT_LOGGED_IN);
        }
        try (Pin next = pin(call, 1, ReturnCode.PIN_INVALID);
                Pin soPin = call.application().login(call.slot()).soPin().copy()) {
            pins.resetUserPin(call.caller(), call.slot(), soPin, next);
        }
        return List.of();
    }

    private List<Object> change(CallContext call) {
        call.requireReadWrite();
        try (Pin current = pin(call, 1, ReturnCode.PIN_INCORRECT);
                Pin next = pin(call, 2, ReturnCode.PIN_INVALID)) {
            if (isSo(call)) {
                changeSoPin(call, current, next);
            } else {
                pins.changeUserPin(call.caller(), call.slot(), current, next);
            }
        }
        return List.of();
    }

    /** While nobody knows which PIN the token has, the SO is logged out: the old one may be wrong. */
    private void changeSoPin(CallContext call, Pin current, Pin next) {
        try {
            pins.changeSoPin(call.caller(), call.slot(), current, next);
        } catch (HsmException e) {
            if (e.failure() == HsmFailure.OUTCOME_UNKNOWN) {
                call.application().logOut(call.slot());
            }
            throw e;
        }
        call.application().logIn(call.slot(), Login.ofSo(next.copy()));
    }

    private static boolean isSo(CallContext call) {
        return call.application().login(call.slot()).role() == Login.Role.SO;
    }

    /**
     * Without one the client hopes for a keypad.
     *
     * @throws CallRefused with this code for what can be no PIN, which the token is not asked
     */
    static Pin pin(CallContext call, int position, ReturnCode otherwise) {
        byte[] sent = call.arguments().bytes(position);
        if (sent == null) {
            throw new CallRefused(ReturnCode.ARGUMENTS_BAD);
        }
        Pin pin = Pin.ofUtf8(sent);
        try {
            return RequestPin.checked("pin", pin);
        } catch (HsmException e) {
            pin.close();
            throw new CallRefused(otherwise);
        }
    }
}
