package dev.slotgate.hsm.worker;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the values of a type look on the wire. */
interface Codec<T extends @Nullable Object> {

    /** @throws WireException when the value is one that the wire cannot carry */
    void write(T value, WireWriter to);

    /** @throws WireException when the bytes are not what {@link #write} makes */
    T read(WireReader from);

    static <T> Codec<T> of(BiConsumer<WireWriter, T> write, Function<WireReader, T> read) {
        return new Codec<>() {
            @Override
            public void write(T value, WireWriter to) {
                write.accept(to, value);
            }

            @Override
            public T read(WireReader from) {
                return read.apply(from);
            }
        };
    }
}
