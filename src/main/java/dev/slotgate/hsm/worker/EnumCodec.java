package dev.slotgate.hsm.worker;

/** An enum: its ordinal in one byte. */
final class EnumCodec<E> implements Codec<E> {

    private static final int MAX = 256;

    private final Class<E> type;
    private final E[] constants;

    EnumCodec(Class<E> type) {
        this.type = type;
        this.constants = type.getEnumConstants();
        if (constants.length > MAX) {
            throw new IllegalArgumentException(type + " has more constants than a byte can tell apart");
        }
    }

    @Override
    @SuppressWarnings("EnumOrdinal") // Both ends are of one build.
    public void write(E value, WireWriter to) {
        to.putByte(((Enum<?>) value).ordinal());
    }

    @Override
    public E read(WireReader from) {
        int ordinal = from.takeByte();
        if (ordinal >= constants.length) {
            throw new WireException("expected one of the " + constants.length + " values of " + type.getSimpleName());
        }
        return constants[ordinal];
    }
}
