package dev.slotgate.key;

import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.KeyType;

/** What is asked of every key: one usage family, no value in the clear, no RSA below 2048 bits. */
final class KeyPolicy {

    private KeyPolicy() {}

    static boolean isMetBy(Key key) {
        boolean hidden = key.keyClass() == KeyClass.PUBLIC || key.attributes().sensitive();
        boolean strong = key.type() != KeyType.RSA || (key.size() != null && key.size() >= KeySpec.Rsa.MIN_BITS);
        return key.usage().size() == 1 && hidden && strong;
    }
}
