package dev.slotgate.pin;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.Slot;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Which new PINs are refused. The answer names the rule, never the PIN. */
@Component
class PinPolicy {

    private static final List<Rule> RULES = List.of(
            new Rule("not one character repeated", pin -> isRun(pin, 0)),
            new Rule("not an ascending run of characters", pin -> isRun(pin, 1)),
            new Rule("not a descending run of characters", pin -> isRun(pin, -1)),
            new Rule("none of the well-known default PINs", Pin::isWellKnown));

    /**
     * Judges a new PIN.
     *
     * @param field what it is called in the request
     * @param slot whose token says how long it may be
     * @param others the PINs that it must differ from: the one before, and that of the other role where it is known
     * @return what is wrong with it: PIN_POLICY
     */
    Optional<HsmException> violation(String field, Slot slot, Pin pin, List<Pin> others) {
        byte[] bytes = pin.utf8();
        int length = bytes.length;
        Arrays.fill(bytes, (byte) 0);
        // A token that says nothing of lengths judges them itself.
        if (slot.maxPinLength() > 0 && (length < slot.minPinLength() || length > slot.maxPinLength())) {
            return Optional.of(refused(
                    field,
                    "from " + slot.minPinLength() + " to " + slot.maxPinLength()
                            + " bytes of UTF-8, as the token wants"));
        }
        if (others.stream().anyMatch(pin::matches)) {
            return Optional.of(
                    refused(field, "a PIN that differs from the current one, and from that of the other role"));
        }
        return RULES.stream().filter(rule -> rule.breaks.test(pin)).findFirst().map(rule -> refused(field, rule.words));
    }

    private static boolean isRun(Pin pin, int step) {
        char[] characters = pin.characters();
        for (int i = 1; i < characters.length; i++) {
            if (characters[i] - characters[i - 1] != step) {
                return false;
            }
        }
        return true;
    }

    private static HsmException refused(String field, String rule) {
        return HsmException.inField(HsmFailure.PIN_POLICY, field, field + ": expected " + rule);
    }

    private record Rule(String words, Predicate<Pin> breaks) {}
}
