package dev.slotgate.remote.wire;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mechanism and its parameter (CK_MECHANISM, PKCS#11 2.40 section 3.5).
 *
 * @param type its CKM_ number; {@link #NONE} for the null pointer that ends an operation
 * @param fields of the parameter, in the order in which they are written: Long and byte[]; none without a parameter
 */
public record Mechanism(long type, List<Object> fields) {

    public static final long NONE = 0xffffffffL;

    public boolean isNone() {
        return type == NONE;
    }

    public boolean hasParameter() {
        return !fields.isEmpty();
    }

    /** A number of the parameter; 0 where there is none. */
    public long number(int field) {
        return field < fields.size() && fields.get(field) instanceof Long number ? number : 0;
    }

    /** Bytes of the parameter; empty where there are none. */
    public byte[] bytes(int field) {
        return field < fields.size() && fields.get(field) instanceof byte[] bytes ? bytes.clone() : new byte[0];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Mechanism that
                && type == that.type
                && Arrays.deepEquals(fields.toArray(), that.fields.toArray());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(type);
    }
}
