package dev.slotgate.remote.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes the values of a body, one after the other. */
final class BodyWriter {

    private static final int FIRST_ROOM = 256;

    private final Dialect dialect;
    private ByteBuffer body = ByteBuffer.allocate(FIRST_ROOM);

    BodyWriter(Dialect dialect) {
        this.dialect = dialect;
    }

    byte[] body() {
        return Arrays.copyOf(body.array(), body.position());
    }

    BodyWriter octet(int value) {
        room(1).put((byte) value);
        return this;
    }

    BodyWriter word(long value) {
        room(Integer.BYTES).putInt((int) value);
        return this;
    }

    BodyWriter number(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    BodyWriter text(String value) {
        return blob(value.getBytes(StandardCharsets.UTF_8));
    }

    BodyWriter blob(byte[] value) {
        word(value.length);
        room(value.length).put(value);
        return this;
    }

    void attributes(List<Attribute> attributes) {
        word(attributes.size());
        attributes.forEach(this::attribute);
    }

    private void attribute(Attribute attribute) {
        word(attribute.type());
        Attribute.Value value = attribute.value();
        if (value == null) {
            octet(0);
            return;
        }
        octet(1);
        word(value.length());
        // A value of another kind than its type is written in would be read as something else.
        AttributeShape shape = AttributeShape.of(attribute.type(), dialect);
        switch (value) {
            case Attribute.Flag flag -> as(shape, AttributeShape.FLAG).octet(flag.set() ? 1 : 0);
            case Attribute.Numeric number -> as(shape, AttributeShape.NUMBER).number(number.number());
            case Attribute.Template template ->
                as(shape, AttributeShape.TEMPLATE).attributes(template.attributes());
            case Attribute.Bytes bytes -> as(shape, AttributeShape.BYTES).blob(bytes.bytes());
            case Attribute.MechanismTypes types -> {
                as(shape, AttributeShape.MECHANISM_TYPES).word(types.types().size());
                types.types().forEach(this::number);
            }
        }
    }

    private BodyWriter as(AttributeShape shape, AttributeShape written) {
        if (shape != written) {
            throw new IllegalArgumentException("an attribute of shape " + shape + " written as " + written);
        }
        return this;
    }

    private ByteBuffer room(int bytes) {
        if (body.remaining() < bytes) {
            int needed = body.position() + bytes;
            ByteBuffer larger = ByteBuffer.allocate(Math.max(needed, 2 * body.capacity()));
            larger.put(body.flip());
            body = larger;
        }
        return body;
    }
}
