package dev.slotgate.crypto;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.Usage;

/** Whether a key is for what it is to be used for. Tokens are not relied on: some let any key do anything. */
final class KeyChecks {

    private KeyChecks() {}

    /** @throws HsmException KEY_USAGE for a key that was not made for this */
    static void requireUsage(Key key, Usage usage, String verb) {
        if (!key.usage().contains(usage)) {
            throw keyUsage("this one was not made to " + verb);
        }
    }

    /** A key with several purposes could be used to give away another. @throws HsmException KEY_USAGE */
    static void requireOnly(Key key, Usage usage, String verb) {
        requireUsage(key, usage, verb);
        if (!key.isOnlyFor(usage)) {
            throw keyUsage("this one is for several purposes, and so does not " + verb);
        }
    }

    /**
     * @param keyKind what the algorithm needs
     * @throws HsmException KEY_USAGE for RSA that is too short, ALGORITHM_MISMATCH
     */
    static void requireFit(Key key, boolean fits, String algorithm, String keyKind) {
        if (key.isTooShort()) {
            throw keyUsage(
                    "RSA keys below " + KeySpec.Rsa.MIN_BITS + " bits are not used, and this one is " + key.kind());
        }
        if (!fits) {
            throw HsmException.inField(
                    HsmFailure.ALGORITHM_MISMATCH,
                    "algorithm",
                    "algorithm: " + algorithm + " needs a key of kind " + keyKind + ", and this one is " + key.kind());
        }
    }

    static HsmException keyUsage(String why) {
        return HsmException.inField(HsmFailure.KEY_USAGE, "key", "key: " + why);
    }
}
