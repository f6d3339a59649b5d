package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.TokenIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.Slot;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenException;
import org.xipki.pkcs11.wrapper.TokenInfo;

/** A token that is in one of the modules' slots, and what it said of itself when it was found. */
record FoundToken(LoadedModule module, Token token, TokenInfo info) {

    private static final Logger LOG = LoggerFactory.getLogger(FoundToken.class);

    private static final Comparator<FoundToken> BY_LABEL = Comparator.comparing(
                    (FoundToken t) -> t.info().getLabel())
            .thenComparing(t -> t.info().getSerialNumber());

    /** Every token of the modules, initialised or not, by label and serial number. */
    static List<FoundToken> in(Modules modules) {
        return modules.all().stream()
                .flatMap(module -> in(module).stream())
                .sorted(BY_LABEL)
                .toList();
    }

    /** The tokens of one module. One that does not tell what it is is not there. */
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

    boolean isInitialised() {
        return isInitialised(info);
    }

    static boolean isInitialised(TokenInfo info) {
        return info.hasFlagBit(PKCS11Constants.CKF_TOKEN_INITIALIZED);
    }

    boolean hasUserPin() {
        return info.hasFlagBit(PKCS11Constants.CKF_USER_PIN_INITIALIZED);
    }
}
