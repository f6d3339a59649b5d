package dev.slotgate.hsm;

/** What may stand in labels and PINs: any character but control characters and halves of surrogate pairs. */
public final class PlainText {

    private PlainText() {}

    public static boolean has(int codePoint) {
        return !Character.isISOControl(codePoint) && !isHalf(codePoint);
    }

    /** Half a surrogate pair, which no text in UTF-8 has. */
    static boolean isHalf(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE;
    }
}
