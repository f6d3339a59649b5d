package dev.slotgate.hsm.worker;

import org.jspecify.annotations.Nullable;

/** Values to bytes and back. */
final class Wire {

    private Wire() {}

    static <T extends @Nullable Object> byte[] bytes(Codec<T> codec, T value) {
        var writer = new WireWriter();
        codec.write(value, writer);
        return writer.toBytes();
    }

    static <T extends @Nullable Object> T value(Codec<T> codec, byte[] bytes) {
        return new WireReader(bytes).last(codec);
    }

    static <T extends @Nullable Object> T there(Codec<T> codec, T value) {
        return value(codec, bytes(codec, value));
    }
}
