package dev.slotgate.remote.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the values of a body, one after the other; numbers are big-endian. */
final class BodyReader {

    /** The length, or the count, that stands for a null pointer. */
    private static final int NULL = 0xffffffff;

    private static final int MAX_NESTING = 8;

    /** A type and whether there is a value. */
    private static final int LEAST_ATTRIBUTE = 5;

    private static final int QUERY = 8;

    private final ByteBuffer body;
    private final Dialect dialect;

    BodyReader(byte[] body, Dialect dialect) {
        this.body = ByteBuffer.wrap(body);
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    boolean isAtEnd() {
        return !body.hasRemaining();
    }

    byte octet() throws MalformedFrame {
        require(1);
        return body.get();
    }

    /** Four bytes, unsigned. */
    long word() throws MalformedFrame {
        require(Integer.BYTES);
        return Integer.toUnsignedLong(body.getInt());
    }

    /** Eight bytes. */
    long number() throws MalformedFrame {
        require(Long.BYTES);
        return body.getLong();
    }

    String text() throws MalformedFrame {
        byte[] bytes = blob();
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    /** A length and bytes; null for a null pointer. */
    byte @Nullable [] blob() throws MalformedFrame {
        require(Integer.BYTES);
        int length = body.getInt();
        if (length == NULL) {
            return null;
        }
        require(length);
        byte[] bytes = new byte[length];
        body.get(bytes);
        return bytes;
    }

    /** An array of bytes that may be a null pointer, which releases write in two ways. */
    byte @Nullable [] bytes() throws MalformedFrame {
        if (octet() == 0) {
            word();
            return null;
        }
        return blob();
    }

    List<Long> numbers() throws MalformedFrame {
        if (octet() == 0) {
            word();
            return List.of();
        }
        return numberList();
    }

    List<AttributeQuery> queries() throws MalformedFrame {
        return queries(0);
    }

    List<Attribute> attributes() throws MalformedFrame {
        return attributes(0);
    }

    Mechanism mechanism() throws MalformedFrame {
        long type = word();
        if (type == Mechanism.NONE) {
            return new Mechanism(type, List.of());
        }
        if (dialect.marksParameters()) {
            return MechanismShape.isWithoutParameter(type) || octet() == 0
                    ? new Mechanism(type, List.of())
                    : new Mechanism(type, parameter(type));
        }
        return new Mechanism(type, parameter(type));
    }

    private List<Object> parameter(long type) throws MalformedFrame {
        String shape = MechanismShape.fields(type).orElse(null);
        if (shape == null) {
            byte[] other = blob();
            return other == null ? List.of() : List.of(other);
        }
        var fields = new ArrayList<Object>();
        for (int i = 0; i < shape.length(); i++) {
            fields.add(field(shape.charAt(i)));
        }
        return List.copyOf(fields);
    }

    private Object field(char field) throws MalformedFrame {
        return switch (field) {
            case 'u' -> number();
            case 'y' -> (long) octet();
            case '8' -> exactly(8);
            case 'x' -> exactly(16);
            default -> {
                byte[] any = blob();
                yield any == null ? new byte[0] : any;
            }
        };
    }

    private byte[] exactly(int length) throws MalformedFrame {
        byte[] bytes = blob();
        if (bytes == null || bytes.length != length) {
            throw new MalformedFrame("a parameter of another length than " + length);
        }
        return bytes;
    }

    private List<AttributeQuery> queries(int depth) throws MalformedFrame {
        int count = count(depth, QUERY);
        var queries = new ArrayList<AttributeQuery>(count);
        for (int i = 0; i < count; i++) {
            var query = new AttributeQuery(word(), word());
            queries.add(query);
            if (query.room() != 0
                    && dialect.nestsQueries()
                    && AttributeShape.of(query.type(), dialect) == AttributeShape.TEMPLATE) {
                queries(depth + 1);
            }
        }
        return queries;
    }

    private List<Attribute> attributes(int depth) throws MalformedFrame {
        int count = count(depth, LEAST_ATTRIBUTE);
        var attributes = new ArrayList<Attribute>(count);
        for (int i = 0; i < count; i++) {
            long type = word();
            attributes.add(new Attribute(type, octet() == 0 ? null : value(type, depth)));
        }
        return attributes;
    }

    private Attribute.Value value(long type, int depth) throws MalformedFrame {
        word(); // The length in the client's memory, which the value tells anyway.
        return switch (AttributeShape.of(type, dialect)) {
            case FLAG -> new Attribute.Flag(octet() != 0);
            case NUMBER -> new Attribute.Numeric(number());
            case TEMPLATE -> new Attribute.Template(attributes(depth + 1));
            case MECHANISM_TYPES -> new Attribute.MechanismTypes(numberList());
            case BYTES -> {
                byte[] bytes = blob();
                yield new Attribute.Bytes(bytes == null ? new byte[0] : bytes);
            }
        };
    }

    private List<Long> numberList() throws MalformedFrame {
        int count = count(0, Long.BYTES);
        var numbers = new ArrayList<Long>(count);
        for (int i = 0; i < count; i++) {
            numbers.add(number());
        }
        return numbers;
    }

    /** A number of things that fit what is left, so that nothing is made room for that did not come. */
    private int count(int depth, int least) throws MalformedFrame {
        long count = word();
        if (depth > MAX_NESTING) {
            throw new MalformedFrame("templates nested too deeply");
        }
        if (count > body.remaining() / least) {
            throw new MalformedFrame("more things than the frame has room for");
        }
        return (int) count;
    }

    private void require(int bytes) throws MalformedFrame {
        if (bytes < 0 || bytes > body.remaining()) {
            throw new MalformedFrame("a value that is longer than the frame");
        }
    }
}
