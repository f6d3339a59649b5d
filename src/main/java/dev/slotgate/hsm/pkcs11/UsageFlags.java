package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.Usage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads the usage families of a key from the usage attributes of its objects (PKCS#11 2.40 section 4.7 to 4.10). */
final class UsageFlags {

    private UsageFlags() {}

    /** What any half may do: one that wraps with a half and decrypts with the other has two usages. */
    static Set<Usage> of(KeyObject main, List<KeyObject> publicHalves) {
        var usage = EnumSet.noneOf(Usage.class);
        boolean secret = main.is(CKO_SECRET_KEY);
        var halves = new ArrayList<>(publicHalves);
        halves.add(main);
        for (KeyObject half : halves) {
            if (half.has(CKA_SIGN) || half.has(CKA_VERIFY)) {
                usage.add(secret ? Usage.MAC : Usage.SIGN);
            }
            if (half.has(CKA_DECRYPT) || half.has(CKA_ENCRYPT)) {
                usage.add(secret ? Usage.ENCRYPT : Usage.DECRYPT);
            }
            if (half.has(CKA_WRAP) || half.has(CKA_UNWRAP)) {
                usage.add(Usage.WRAP);
            }
            if (half.has(CKA_DERIVE)) {
                usage.add(Usage.DERIVE);
            }
        }
        return usage;
    }
}
