package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_SO;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.xipki.pkcs11.wrapper.Session;

/** Makes tokens ready to use, before any slot is bound: no session is open then, so modules may be restarted. */
final class Pkcs11Tokens implements Tokens {

    private static final int LABEL_BYTES = 32;

    private final Modules modules;

    Pkcs11Tokens(Modules modules) {
        this.modules = modules;
    }

    @Override
    public Set<String> labels() {
        return FoundToken.in(modules).stream()
                .filter(token -> token.isInitialised() && token.hasUserPin())
                .map(token -> token.identity().label())
                .collect(Collectors.toSet());
    }

    @Override
    public void provision(String label, Pin soPin, Pin userPin) {
        FoundToken token = FoundToken.in(modules).stream()
                .filter(t -> !t.isInitialised() || isHalfDone(t, label))
                .min((a, b) -> Boolean.compare(isHalfDone(b, label), isHalfDone(a, label)))
                .orElseThrow(() -> new HsmException(
                        HsmFailure.TOKEN_UNAVAILABLE, "No module has a blank token for '" + label + "'."));
        char[] padded = padded(label);
        token.module().call(() -> {
            long slot = token.token().getTokenID();
            token.module().wrapped().getPKCS11Module().C_InitToken(slot, soPin.characters(), padded, true);
            setUserPin(token, soPin, userPin);
            return true;
        });
        token.module().restart();
    }

    private static boolean isHalfDone(FoundToken token, String label) {
        return token.isInitialised()
                && !token.hasUserPin()
                && label.equals(token.identity().label());
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

    /** C_InitToken takes 32 bytes of label, padded with blanks by the caller; what is missing would be foreign memory. */
    private static char[] padded(String label) {
        int used = label.getBytes(StandardCharsets.UTF_8).length;
        if (used > LABEL_BYTES) {
            throw new IllegalArgumentException("a token label has at most 32 bytes");
        }
        char[] padded = Arrays.copyOf(label.toCharArray(), label.length() + LABEL_BYTES - used);
        Arrays.fill(padded, label.length(), padded.length, ' ');
        return padded;
    }
}
