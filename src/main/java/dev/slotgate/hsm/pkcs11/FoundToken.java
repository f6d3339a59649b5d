package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.TokenIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.Slot;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenException;
import org.xipki.pkcs11.wrapper.TokenInfo;

/** A token that is in one of the modules' slots, and what it said of itself when it was found. */
record FoundToken(LoadedModule module, Token token, TokenInfo info) {

    /** Every token of the modules, initialised or not, by label and serial number. */
    static List<FoundToken> in(Modules modules) {
        var found = new ArrayList<FoundToken>();
        for (LoadedModule module : modules.all()) {
            found.addAll(module.call(() -> in(module)));
        }
        found.sort(Comparator.comparing((FoundToken t) -> t.info().getLabel())
                .thenComparing(t -> t.info().getSerialNumber()));
        return found;
    }

    private static List<FoundToken> in(LoadedModule module) throws TokenException {
        var found = new ArrayList<FoundToken>();
        for (Slot slot : module.slotsWithToken()) {
            Token token = slot.getToken();
            found.add(new FoundToken(module, token, token.getTokenInfo()));
        }
        return found;
    }

    TokenIdentity identity() {
        return new TokenIdentity(module.name(), info.getSerialNumber(), info.getLabel());
    }

    boolean isInitialised() {
        return info.hasFlagBit(PKCS11Constants.CKF_TOKEN_INITIALIZED);
    }

    boolean hasUserPin() {
        return info.hasFlagBit(PKCS11Constants.CKF_USER_PIN_INITIALIZED);
    }
}
