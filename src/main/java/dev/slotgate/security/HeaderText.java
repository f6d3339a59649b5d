package dev.slotgate.security;

/** What Spring's firewall lets pass in headers: what Unicode defines and is no control character. */
final class HeaderText {

    private static final char DELETE = 0x7f;

    private HeaderText() {}

    static boolean isName(String name) {
        return isText(name, false);
    }

    static boolean isValue(String value) {
        return isText(value, true);
    }

    private static boolean isText(String text, boolean withTabs) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= DELETE) {
                int codePoint = text.codePointAt(i);
                if (!(withTabs && c == '\t')
                        && (!Character.isDefined(codePoint) || Character.isISOControl(codePoint))) {
                    return false;
                }
                i += Character.charCount(codePoint) - 1;
            }
        }
        return true;
    }
}
