package dev.slotgate.hsm;

/** Shows a caller's own text in a message: quoted, cut to a bearable length, control characters replaced. */
public final class Quoted {

    private static final int MAX = 80;

    private Quoted() {}

    public static String text(String value) {
        return "'" + bare(value) + "'";
    }

    /** The same without quotes, for names. */
    public static String bare(String value) {
        String shown = value.codePointCount(0, value.length()) <= MAX
                ? value
                : value.substring(0, value.offsetByCodePoints(0, MAX)) + "…";
        return shown.replaceAll("\\p{C}", "�");
    }
}
