package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.ImportedKey;
import dev.slotgate.hsm.Pin;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Wipes the PINs and keys that came or went over a link. */
final class Secrets {

    private Secrets() {}

    /** @param value any value of the port */
    static void wipe(@Nullable Object value) {
        switch (value) {
            case Pin pin -> pin.close();
            case ImportedKey key -> key.close();
            case Collection<?> all -> all.forEach(Secrets::wipe);
            case null, default -> {
                // No secret.
            }
        }
    }
}
