package dev.slotgate.key;

import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is asked of every key: one usage family, no value in the clear, no RSA below 2048 bits. */
final class KeyPolicy {

    private KeyPolicy() {}

    /** What of the policy the key does not meet, a sentence each. */
    static List<String> brokenBy(Key key) {
        var broken = new ArrayList<String>();
        if (key.usage().size() > 1) {
            broken.add("It has several usages: "
                    + key.usage().stream().map(Usage::word).collect(Collectors.joining(", ")) + ".");
        }
        if (key.usage().isEmpty()) {
            broken.add("It has no usage.");
        }
        if (key.keyClass() != KeyClass.PUBLIC && !key.attributes().sensitive()) {
            broken.add("Its value can be read in the clear: it is not sensitive.");
        }
        if (key.usage().contains(Usage.WRAP) && key.attributes().extractable()) {
            broken.add("It wraps keys, and can leave the token itself.");
        }
        if (key.isTooShort()) {
            broken.add("It is RSA below " + KeySpec.Rsa.MIN_BITS + " bits.");
        }
        return broken;
    }
}
