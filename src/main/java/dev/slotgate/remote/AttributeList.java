package dev.slotgate.remote;

import dev.slotgate.remote.wire.Attribute;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.util.BigIntegers;

/** Puts the attributes of an object together. */
final class AttributeList {

    private final Map<Long, Attribute.Value> values = new LinkedHashMap<>();

    AttributeList flag(long type, boolean set) {
        values.put(type, new Attribute.Flag(set));
        return this;
    }

    /** Attributes that are all not set. */
    AttributeList noFlags(long... types) {
        for (long type : types) {
            flag(type, false);
        }
        return this;
    }

    AttributeList number(long type, long number) {
        values.put(type, new Attribute.Numeric(number));
        return this;
    }

    AttributeList bytes(long type, byte[] bytes) {
        values.put(type, new Attribute.Bytes(bytes));
        return this;
    }

    AttributeList text(long type, String text) {
        return bytes(type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A big integer (PKCS#11 2.40 section 3): unsigned, without leading zeros. */
    AttributeList integer(long type, BigInteger number) {
        return bytes(type, BigIntegers.asUnsignedByteArray(number));
    }

    Map<Long, Attribute.Value> map() {
        return values;
    }
}
