package dev.slotgate.remote.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a call was given, by position; of the types that its signature says. */
@SuppressWarnings("unchecked") // the signature says what is where
public final class Arguments {

    private final List<@Nullable Object> values;

    Arguments(List<@Nullable Object> values) {
        this.values = values;
    }

    /** A handle, flags or another CK_ULONG. */
    public long number(int position) {
        return (Long) Objects.requireNonNull(values.get(position));
    }

    /** How much a client's buffer holds; see {@link Sized}. */
    public long room(int position) {
        return number(position);
    }

    public byte octet(int position) {
        return (Byte) Objects.requireNonNull(values.get(position));
    }

    /** Bytes that may be a null pointer; wiped after the call. */
    public byte @Nullable [] bytes(int position) {
        return (byte[]) values.get(position);
    }

    /** Bytes, none for a null pointer. */
    public byte[] bytesOrNone(int position) {
        byte[] bytes = bytes(position);
        return bytes == null ? new byte[0] : bytes;
    }

    public List<AttributeQuery> queries(int position) {
        return (List<AttributeQuery>) Objects.requireNonNull(values.get(position));
    }

    public List<Attribute> attributes(int position) {
        return (List<Attribute>) Objects.requireNonNull(values.get(position));
    }

    public Mechanism mechanism(int position) {
        return (Mechanism) Objects.requireNonNull(values.get(position));
    }

    /** Wipes what may be secret. */
    public void wipe() {
        for (Object value : values) {
            if (value instanceof byte[] bytes) {
                Arrays.fill(bytes, (byte) 0);
            } else if (value instanceof List<?> list) {
                list.forEach(each -> {
                    if (each instanceof Attribute attribute) {
                        attribute.wipe();
                    }
                });
            }
        }
    }

    int count() {
        return values.size();
    }

    @Nullable
    Object value(int position) {
        return values.get(position);
    }
}
