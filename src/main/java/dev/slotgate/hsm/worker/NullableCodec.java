package dev.slotgate.hsm.worker;

import org.jspecify.annotations.Nullable;

/** A value that may be absent: a boolean for whether it is there, then the value. */
record NullableCodec<T>(Codec<T> codec) implements Codec<@Nullable T> {

    @Override
    public void write(@Nullable T value, WireWriter to) {
        to.putBoolean(value != null);
        if (value != null) {
            codec.write(value, to);
        }
    }

    @Override
    public @Nullable T read(WireReader from) {
        return from.takeBoolean() ? codec.read(from) : null;
    }
}
