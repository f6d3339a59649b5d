package dev.slotgate.hsm;

/** The gateway's own number of a slot, stable for ever; never the number that a PKCS#11 module gives it. */
public record SlotId(int value) implements Comparable<SlotId> {

    /** Stands for a token that is the gateway's own; longer than {@link #parse} reads. */
    static final SlotId RESERVED = new SlotId(Integer.MAX_VALUE);

    private static final int MOST_DIGITS = 9;

    public SlotId {
        if (value < 0) {
            throw new IllegalArgumentException("a slot id is 0 or more, not " + value);
        }
    }

    /**
     * Reads the decimal form.
     *
     * @throws HsmException SLOT_NOT_FOUND when the text is no slot id at all: such a slot does not exist either
     */
    public static SlotId parse(String text) {
        if (!isDecimal(text)) {
            throw HsmException.slotNotFound(text);
        }
        return new SlotId(Integer.parseInt(text));
    }

    /** Without leading zeros, and without the regular expression for it: every call asks several times. */
    private static boolean isDecimal(String text) {
        boolean decimal =
                !text.isEmpty() && text.length() <= MOST_DIGITS && (text.charAt(0) != '0' || text.length() == 1);
        for (int i = 0; decimal && i < text.length(); i++) {
            decimal = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return decimal;
    }

    /** Whether a caller can name it. */
    public boolean isPublic() {
        return value != RESERVED.value;
    }

    @Override
    public int compareTo(SlotId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
