package dev.slotgate.remote.wire;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attribute of an object (CK_ATTRIBUTE, PKCS#11 2.40 section 3.4).
 *
 * @param type its CKA_ number
 * @param value absent for one that is not there, or that was sent with the length -1
 */
public record Attribute(long type, @Nullable Value value) {

    /** Of the objects of a value and its type. */
    private static final int OVERHEAD = 48;

    /** What an attribute is: its type says which of these. */
    public sealed interface Value {

        /** The bytes that it takes in the memory of a client: CK_ULONG has 8, CK_ATTRIBUTE 24. */
        int length();
    }

    /** CK_BBOOL. */
    public record Flag(boolean set) implements Value {

        @Override
        public int length() {
            return 1;
        }
    }

    /** CK_ULONG. */
    public record Numeric(long number) implements Value {

        @Override
        public int length() {
            return Long.BYTES;
        }
    }

    /** Whatever else: byte arrays, text, dates. */
    @SuppressWarnings("ArrayRecordComponent") // compared by content where it is compared
    public record Bytes(byte[] bytes) implements Value {

        @Override
        public int length() {
            return bytes.length;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /** CKA_WRAP_TEMPLATE and its like. */
    public record Template(List<Attribute> attributes) implements Value {

        private static final int CK_ATTRIBUTE = 24;

        @Override
        public int length() {
            return CK_ATTRIBUTE * attributes.size();
        }
    }

    /** CKA_ALLOWED_MECHANISMS. */
    public record MechanismTypes(List<Long> types) implements Value {

        @Override
        public int length() {
            return Long.BYTES * types.size();
        }
    }

    /** About how many bytes it takes here, with all that is in it. */
    public long weight() {
        long content = value instanceof Template template
                ? template.attributes.stream().mapToLong(Attribute::weight).sum()
                : value == null ? 0 : value.length();
        return OVERHEAD + content;
    }

    /** Wipes what may be a secret. */
    void wipe() {
        if (value instanceof Bytes secret) {
            Arrays.fill(secret.bytes, (byte) 0);
        }
    }
}
