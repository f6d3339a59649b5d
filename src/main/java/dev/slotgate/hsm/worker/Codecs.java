package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.Pin;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Derives the codec of a type from its declaration, once. It knows numbers, booleans, texts, enums, records of what it
 * knows, sealed interfaces of such records, collections, and a few types by name; a component that is {@code @Nullable}
 * takes one more byte, any other must have a value.
 */
final class Codecs {

    /** No value: takes nothing. */
    static final Codec<@Nullable Void> NOTHING = new Codec<>() {
        @Override
        public void write(@Nullable Void nothing, WireWriter to) {}

        @Override
        public @Nullable Void read(WireReader from) {
            return null;
        }
    };

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private static final Map<Class<?>, Codec<?>> LEAVES = Map.ofEntries(
            Map.entry(int.class, Codec.of(WireWriter::putInt, WireReader::takeInt)),
            Map.entry(Integer.class, Codec.of(WireWriter::putInt, WireReader::takeInt)),
            Map.entry(long.class, Codec.of(WireWriter::putLong, WireReader::takeLong)),
            Map.entry(boolean.class, Codec.of(WireWriter::putBoolean, WireReader::takeBoolean)),
            Map.entry(Boolean.class, Codec.of(WireWriter::putBoolean, WireReader::takeBoolean)),
            Map.entry(String.class, Codec.of(WireWriter::putString, WireReader::takeString)),
            Map.entry(byte[].class, Codec.of(WireWriter::putBytes, WireReader::takeBytes)),
            Map.entry(char[].class, Codec.of(WireWriter::putChars, WireReader::takeChars)),
            Map.entry(Void.class, NOTHING),
            Map.entry(void.class, NOTHING),
            Map.entry(Pin.class, pin()),
            Map.entry(Duration.class, Codec.of(Codecs::putDuration, Codecs::takeDuration)),
            Map.entry(PublicKey.class, new PublicKeyCodec()));

    private Codecs() {}

    /** @throws IllegalArgumentException when values of the type, or of a part of it, cannot be put on the wire */
    @SuppressWarnings("unchecked")
    static <T> Codec<T> of(Class<T> type) {
        Codec<?> leaf = LEAVES.get(type);
        if (leaf != null) {
            return (Codec<T>) leaf;
        }
        if (type.isEnum()) {
            return new EnumCodec<>(type);
        }
        if (type.isRecord() && type.getTypeParameters().length == 0) {
            return new RecordCodec<>(type);
        }
        if (type.isSealed() && type.isInterface()) {
            return new SealedCodec<>(type);
        }
        throw unknown(type.getTypeName());
    }

    static <T> Codec<@Nullable T> nullable(Codec<T> codec) {
        return new NullableCodec<>(codec);
    }

    static <T> Codec<Optional<T>> optional(Codec<T> codec) {
        Codec<@Nullable T> nullable = nullable(codec);
        return Codec.of(
                (to, value) -> nullable.write(value.orElse(null), to),
                from -> Optional.ofNullable(nullable.read(from)));
    }

    /** The codec of a record component, or of a type argument in it. */
    @SuppressWarnings("unchecked")
    static Codec<@Nullable Object> of(AnnotatedType type) {
        Codec<?> codec = type instanceof AnnotatedParameterizedType generic ? ofGeneric(generic) : ofPlain(type);
        return (Codec<@Nullable Object>)
                (type.isAnnotationPresent(Nullable.class) ? new NullableCodec<>((Codec<Object>) codec) : codec);
    }

    private static Codec<?> ofPlain(AnnotatedType type) {
        if (type.getType() instanceof Class<?> plain) {
            return of(plain);
        }
        throw unknown(type.getType().getTypeName());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Codec<?> ofGeneric(AnnotatedParameterizedType type) {
        List<Codec> arguments = Stream.of(type.getAnnotatedActualTypeArguments())
                .map(argument -> (Codec) of(argument))
                .toList();
        String name = type.getType().getTypeName();
        return switch (name.substring(0, name.indexOf('<'))) {
            case "java.util.List" -> CollectionCodecs.list(arguments.getFirst());
            case "java.util.Set" -> CollectionCodecs.set(arguments.getFirst());
            case "java.util.Optional" -> optional(arguments.getFirst());
            case "java.util.Map" -> CollectionCodecs.map(arguments.getFirst(), arguments.getLast());
            case "java.util.SortedMap" -> CollectionCodecs.sortedMap(arguments.getFirst(), arguments.getLast());
            default -> throw unknown(name);
        };
    }

    private static Codec<Pin> pin() {
        return Codec.of((to, pin) -> to.putChars(pin.characters()), from -> new Pin(from.takeChars()));
    }

    private static void putDuration(WireWriter to, Duration duration) {
        to.putLong(duration.getSeconds());
        to.putInt(duration.getNano());
    }

    private static Duration takeDuration(WireReader from) {
        long seconds = from.takeLong();
        int nanos = from.takeInt();
        if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
            throw new WireException("expected less than a second of nanoseconds");
        }
        return Duration.ofSeconds(seconds, nanos);
    }

    private static IllegalArgumentException unknown(String type) {
        return new IllegalArgumentException("values of " + type + " cannot be put on the wire");
    }
}
