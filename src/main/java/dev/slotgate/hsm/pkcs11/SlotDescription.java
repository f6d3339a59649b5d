package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.PinFlags;
import dev.slotgate.hsm.PinState;
import dev.slotgate.hsm.SessionCounts;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.TokenIdentity;
import org.xipki.pkcs11.wrapper.TokenInfo;

/** Translates CK_TOKEN_INFO (PKCS#11 2.40 section 3.2) into the port's words. */
final class SlotDescription {

    private SlotDescription() {}

    static Slot of(
            SlotId id, boolean automatic, TokenInfo info, SlotState state, boolean defaultPin, SessionCounts sessions) {
        return new Slot(
                id,
                automatic,
                info.getLabel(),
                info.getSerialNumber(),
                Pkcs11Uri.ofToken(info),
                info.getManufacturerID(),
                info.getModel(),
                info.getHardwareVersion().toString(),
                info.getFirmwareVersion().toString(),
                state,
                pinState(info, defaultPin),
                flags(info, CKF_USER_PIN_COUNT_LOW, CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_LOCKED),
                flags(info, CKF_SO_PIN_COUNT_LOW, CKF_SO_PIN_FINAL_TRY, CKF_SO_PIN_LOCKED),
                info.getMinPinLen(),
                info.getMaxPinLen(),
                sessions);
    }

    /** A token that does not answer: only its identity is known. */
    static Slot unknown(SlotId id, boolean automatic, TokenIdentity identity, SlotState state, SessionCounts sessions) {
        return Slot.unknown(id, automatic, identity, Pkcs11Uri.ofToken(identity), state, sessions);
    }

    private static PinState pinState(TokenInfo info, boolean defaultPin) {
        if (!info.hasFlagBit(CKF_USER_PIN_INITIALIZED)) {
            return PinState.NOT_INITIALIZED;
        }
        if (info.hasFlagBit(CKF_USER_PIN_TO_BE_CHANGED)) {
            return PinState.TO_BE_CHANGED;
        }
        return defaultPin ? PinState.DEFAULT : PinState.OK;
    }

    private static PinFlags flags(TokenInfo info, long countLow, long finalTry, long locked) {
        return new PinFlags(info.hasFlagBit(countLow), info.hasFlagBit(finalTry), info.hasFlagBit(locked));
    }
}
