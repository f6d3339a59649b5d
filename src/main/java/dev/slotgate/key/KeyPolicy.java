package dev.slotgate.key;

import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyClass;

/** What is asked of every key: one usage family, no value in the clear, no RSA below 2048 bits. */
final class KeyPolicy {

    private KeyPolicy() {}

    static boolean isMetBy(Key key) {
        boolean hidden = key.keyClass() == KeyClass.PUBLIC || key.attributes().sensitive();
        return key.usage().size() == 1 && hidden && !key.isTooShort();
    }
}
