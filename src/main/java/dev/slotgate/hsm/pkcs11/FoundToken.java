package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.PresentToken;
import dev.slotgate.hsm.TokenIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.Slot;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenException;
import org.xipki.pkcs11.wrapper.TokenInfo;

/** A token that is in one of a module's slots, and what it said of itself when it was found. */
record FoundToken(LoadedModule module, Token token, TokenInfo info) {

    private static final Logger LOG = LoggerFactory.getLogger(FoundToken.class);

    /** The tokens of the module. One that does not tell what it is is not there. */
    static List<FoundToken> in(LoadedModule module) {
        return module.call(() -> {
            var found = new ArrayList<FoundToken>();
            for (Slot slot : module.slotsWithToken()) {
                describe(module, slot).ifPresent(found::add);
            }
            return found;
        });
    }

    private static Optional<FoundToken> describe(LoadedModule module, Slot slot) {
        try {
            Token token = slot.getToken();
            return Optional.of(new FoundToken(module, token, token.getTokenInfo()));
        } catch (TokenException e) {
            LOG.debug("Module {}: a slot does not tell its token: {}", module.name(), e.getMessage());
            return Optional.empty();
        }
    }

    TokenIdentity identity() {
        return new TokenIdentity(module.name(), info.getSerialNumber(), info.getLabel());
    }

    PresentToken present() {
        return new PresentToken(
                identity(), isInitialised(info), info.hasFlagBit(PKCS11Constants.CKF_USER_PIN_INITIALIZED));
    }

    static boolean isInitialised(TokenInfo info) {
        return info.hasFlagBit(PKCS11Constants.CKF_TOKEN_INITIALIZED);
    }
}
