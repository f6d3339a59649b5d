package dev.slotgate.hsm.worker;

import org.jspecify.annotations.Nullable;

/**
 * Something that one end of a link asks of the other.
 *
 * @param code its number on the wire, 0 to 255, the same at both ends
 * @param name for messages
 */
record Operation<Q extends @Nullable Object, A extends @Nullable Object>(
        int code, String name, Codec<Q> request, Codec<A> answer) {

    Operation {
        if (code < 0 || code > 0xff) {
            throw new IllegalArgumentException("operation " + name + " needs a code from 0 to 255, not " + code);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
