package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_SO;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PresentToken;
import java.util.Comparator;
import java.util.List;
import org.xipki.pkcs11.wrapper.Session;

/** Makes tokens ready to use, before any slot is bound: no session is open then, so the module may be restarted. */
final class Pkcs11Tokens {

    private final LoadedModule module;

    Pkcs11Tokens(LoadedModule module) {
        this.module = module;
    }

    List<PresentToken> present() {
        return FoundToken.in(module).stream().map(FoundToken::present).toList();
    }

    /** @see dev.slotgate.hsm.Tokens#provision */
    void provision(String label, Pin soPin, Pin userPin) {
        FoundToken token = FoundToken.in(module).stream()
                .filter(found -> found.present().isFreeFor(label))
                .max(Comparator.comparing(found -> found.present().isHalfDone(label)))
                .orElseThrow(() -> new HsmException(
                        HsmFailure.TOKEN_UNAVAILABLE,
                        "Module " + module.name() + " has no blank token for '" + label + "'."));
        char[] padded = TokenLabel.padded(label);
        module.call(() -> {
            long slot = token.token().getTokenID();
            module.wrapped().getPKCS11Module().C_InitToken(slot, soPin.characters(), padded, true);
            setUserPin(token, soPin, userPin);
            return true;
        });
        module.restart();
    }

    private static void setUserPin(FoundToken token, Pin soPin, Pin userPin)
            throws org.xipki.pkcs11.wrapper.TokenException {
        Session session = token.token().openSession(true);
        try {
            session.login(CKU_SO, soPin.characters());
            session.initPIN(userPin.characters());
        } finally {
            session.closeSession();
        }
    }
}
