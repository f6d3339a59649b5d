package dev.slotgate.remote;

import dev.slotgate.remote.wire.Attribute;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a client wants of an object that is to be made. */
final class Template {

    private final Map<Long, Attribute.Value> values = new HashMap<>();

    /** @throws CallRefused ATTRIBUTE_VALUE_INVALID for an attribute without a value, TEMPLATE_INCONSISTENT for one that comes twice */
    Template(List<Attribute> attributes) {
        for (Attribute attribute : attributes) {
            Attribute.Value value = attribute.value();
            if (value == null) {
                throw new CallRefused(ReturnCode.ATTRIBUTE_VALUE_INVALID);
            }
            if (values.put(attribute.type(), value) != null) {
                throw new CallRefused(ReturnCode.TEMPLATE_INCONSISTENT);
            }
        }
    }

    boolean has(long type) {
        return values.containsKey(type);
    }

    /** Whether a flag is given and set. */
    boolean isSet(long type) {
        return values.get(type) instanceof Attribute.Flag flag && flag.set();
    }

    /** Whether a flag is given and not set. */
    boolean isUnset(long type) {
        return values.get(type) instanceof Attribute.Flag flag && !flag.set();
    }

    /** @throws CallRefused TEMPLATE_INCOMPLETE */
    long number(long type) {
        if (values.get(type) instanceof Attribute.Numeric number) {
            return number.number();
        }
        throw new CallRefused(ReturnCode.TEMPLATE_INCOMPLETE);
    }

    /** @throws CallRefused TEMPLATE_INCOMPLETE */
    byte[] bytes(long type) {
        return find(type).orElseThrow(() -> new CallRefused(ReturnCode.TEMPLATE_INCOMPLETE));
    }

    /** Bytes that are not empty. */
    Optional<byte[]> find(long type) {
        return values.get(type) instanceof Attribute.Bytes bytes && bytes.bytes().length > 0
                ? Optional.of(bytes.bytes())
                : Optional.empty();
    }

    Optional<String> text(long type) {
        return find(type).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    Map<Long, Attribute.Value> values() {
        return values;
    }
}
