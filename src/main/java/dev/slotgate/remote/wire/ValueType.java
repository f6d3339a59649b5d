package dev.slotgate.remote.wire;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types of the values in a body, by what stands for them in its signature: one row each. */
@SuppressWarnings("ImmutableEnumChecker") // The functions keep nothing.
enum ValueType {
    OCTET("y", BodyReader::octet, (body, value) -> body.octet((Byte) value)),
    NUMBER("u", BodyReader::number, (body, value) -> body.number((Long) value)),
    VERSION("v", null, (body, value) -> {
        Version version = (Version) value;
        body.octet(version.major()).octet(version.minor());
    }),
    /** Text in a field of a fixed width. */
    FIELD("s", BodyReader::blob, (body, value) -> body.blob(((Padded) value).bytes())),
    TEXT("z", BodyReader::blob, null),
    BYTES("ay", BodyReader::bytes, (body, value) -> sized(body, (Sized) value)),
    NUMBERS("au", BodyReader::numbers, (body, value) -> sized(body, (Sized) value)),
    /** How many bytes a client's buffer has room for. */
    ROOM_FOR_BYTES("fy", BodyReader::word, null),
    ROOM_FOR_NUMBERS("fu", BodyReader::word, null),
    ROOM_FOR_ATTRIBUTES("fA", BodyReader::queries, null),
    @SuppressWarnings("unchecked") // only attributes are given for it
    ATTRIBUTES("aA", BodyReader::attributes, (body, value) -> body.attributes((List<Attribute>) value)),
    MECHANISM("M", BodyReader::mechanism, null),
    /** Nothing: no mechanism of this gateway gives a parameter back. */
    NEW_PARAMETER("P", null, (_, _) -> {});

    private final String letters;
    private final @Nullable Read read;
    private final @Nullable Write write;

    ValueType(String letters, @Nullable Read read, @Nullable Write write) {
        this.letters = letters;
        this.read = read;
        this.write = write;
    }

    /** The type that the signature goes on with. */
    static ValueType at(String signature, int position) {
        return Arrays.stream(values())
                .filter(type -> signature.startsWith(type.letters, position))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no signature: " + signature));
    }

    int length() {
        return letters.length();
    }

    @Nullable
    Object read(BodyReader body) throws MalformedFrame {
        if (read == null) {
            throw new IllegalStateException(this + " is for answers");
        }
        return read.from(body);
    }

    void write(BodyWriter body, Object value) {
        if (write == null) {
            throw new IllegalStateException(this + " is for requests");
        }
        write.to(body, value);
    }

    private static void sized(BodyWriter body, Sized sized) {
        body.octet(sized.content() == null ? 0 : 1);
        switch (sized.content()) {
            case byte[] bytes -> body.blob(bytes);
            case List<?> numbers -> {
                body.word(numbers.size());
                numbers.forEach(number -> body.number((Long) number));
            }
            case null, default -> body.word(sized.length());
        }
    }

    /** Reads a value of the type. */
    @FunctionalInterface
    private interface Read {
        @Nullable
        Object from(BodyReader body) throws MalformedFrame;
    }

    /** Writes one. */
    @FunctionalInterface
    private interface Write {
        void to(BodyWriter body, Object value);
    }
}
