package dev.slotgate.hsm.worker;

import java.util.List;

/** A sealed interface of records: one byte for which of them it is, in the order of their declaration, and the record. */
final class SealedCodec<T> implements Codec<T> {

    private final Class<T> type;
    private final List<Class<?>> kinds;
    private final List<Codec<Object>> codecs;

    SealedCodec(Class<T> type) {
        this.type = type;
        this.kinds = List.of(type.getPermittedSubclasses());
        this.codecs = kinds.stream().map(SealedCodec::ofKind).toList();
    }

    @Override
    public void write(T value, WireWriter to) {
        int kind = kinds.indexOf(value.getClass());
        to.putByte(kind);
        codecs.get(kind).write(value, to);
    }

    @Override
    public T read(WireReader from) {
        int kind = from.takeByte();
        if (kind >= codecs.size()) {
            throw new WireException("expected one of the " + codecs.size() + " kinds of " + type.getSimpleName());
        }
        return type.cast(codecs.get(kind).read(from));
    }

    @SuppressWarnings("unchecked")
    private static Codec<Object> ofKind(Class<?> kind) {
        return (Codec<Object>) Codecs.of(kind);
    }
}
