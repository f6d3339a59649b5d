package dev.slotgate.remote.wire;

import java.util.HashMap;
import java.util.Map;

/** How the value of an attribute is written: by its type, since nothing else tells. */
enum AttributeShape {
    /** Always one byte, whatever length is declared. */
    FLAG,
    /** Eight bytes. */
    NUMBER,
    /** A count, and attributes. */
    TEMPLATE,
    /** A count, and numbers. */
    MECHANISM_TYPES,
    /** A length, and bytes: also of every type that is not known. */
    BYTES;

    private static final Map<Long, AttributeShape> BY_TYPE = new HashMap<>();

    /** What IBM's tokens have: clients know them from the release on that speaks {@link Dialect#V2}. */
    private static final Map<Long, AttributeShape> OF_VENDOR = new HashMap<>();

    static {
        add(BY_TYPE, FLAG, 0x1, 0x2, 0x86, 0x103, 0x162, 0x163, 0x164, 0x165, 0x170, 0x171, 0x200, 0x202, 0x210);
        add(BY_TYPE, FLAG, 0x104, 0x105, 0x106, 0x107, 0x108, 0x109, 0x10a, 0x10b, 0x10c, 0x301, 0x302, 0x405);
        add(BY_TYPE, NUMBER, 0x0, 0x80, 0x87, 0x88, 0x100, 0x121, 0x133, 0x134, 0x160, 0x161, 0x166, 0x201, 0x300);
        add(BY_TYPE, NUMBER, 0x400, 0x401, 0x402, 0x403, 0x404, 0x406, 0x500);
        add(BY_TYPE, TEMPLATE, 0x40000211, 0x40000212, 0x40000213);
        add(BY_TYPE, MECHANISM_TYPES, 0x40000600);
        add(OF_VENDOR, FLAG, 0x80010001L, 0x80010002L, 0x80010003L, 0x80010004L, 0x80010008L, 0x8001000cL, 0x8001000dL);
        add(OF_VENDOR, NUMBER, 0x800d0001L, 0x800d0009L, 0x800d0101L, 0x8001000aL, 0x80010005L);
    }

    static AttributeShape of(long type, Dialect dialect) {
        AttributeShape known = BY_TYPE.get(type);
        if (known == null && dialect == Dialect.V2) {
            known = OF_VENDOR.get(type);
        }
        // Up to 0.24 this template was not known to be one.
        return known == null || (type == 0x40000213 && dialect == Dialect.V0) ? BYTES : known;
    }

    private static void add(Map<Long, AttributeShape> shapes, AttributeShape shape, long... types) {
        for (long type : types) {
            shapes.put(type, shape);
        }
    }
}
