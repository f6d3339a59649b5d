package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.TokenIdentity;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.xipki.pkcs11.wrapper.TokenInfo;

/** PKCS#11 URIs (RFC 7512), by which other programs find the same token or key. */
final class Pkcs11Uri {

    private static final HexFormat PERCENT =
            HexFormat.ofDelimiter("").withPrefix("%").withUpperCase();

    /** RFC 3986 section 2.3. */
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private Pkcs11Uri() {}

    static String ofToken(TokenInfo info) {
        return "pkcs11:model=" + encode(info.getModel()) + ";manufacturer=" + encode(info.getManufacturerID())
                + ";serial=" + encode(info.getSerialNumber()) + ";token=" + encode(info.getLabel());
    }

    static String ofToken(TokenIdentity token) {
        return "pkcs11:serial=" + encode(token.serial()) + ";token=" + encode(token.label());
    }

    static String ofKey(TokenIdentity token, @Nullable KeyId id, @Nullable String label, KeyClass keyClass) {
        String named = id == null ? "" : ";id=" + PERCENT.formatHex(id.bytes());
        String object = label == null ? "" : ";object=" + encode(label);
        String type = switch (keyClass) {
            case PRIVATE -> "private";
            case SECRET -> "secret-key";
            case PUBLIC -> "public";
        };
        return ofToken(token) + named + object + ";type=" + type;
    }

    /** Percent-encodes all but the unreserved characters of RFC 3986. */
    private static String encode(String text) {
        var encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append(PERCENT.formatHex(new byte[] {b}));
            }
        }
        return encoded.toString();
    }
}
