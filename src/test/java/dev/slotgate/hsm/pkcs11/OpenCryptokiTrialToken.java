package dev.slotgate.hsm.pkcs11;

import java.nio.file.Path;

/** openCryptoki's token with the user PIN of a trial. */
public final class OpenCryptokiTrialToken {

    private OpenCryptokiTrialToken() {}

    /** Makes the token anew. Answers the library. */
    public static Path renew(String userPin) throws Exception {
        return OpenCryptokiToken.renew(userPin);
    }
}
