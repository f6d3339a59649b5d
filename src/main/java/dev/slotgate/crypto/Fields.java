package dev.slotgate.crypto;

import dev.slotgate.hsm.HsmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads fields that many requests have. */
final class Fields {

    private static final byte[] NONE = {};

    private Fields() {}

    /** @throws HsmException INVALID_FIELD when they are not there; they may be empty */
    static byte[] bytes(String field, byte @Nullable [] value) {
        if (value == null) {
            throw HsmException.invalidField(field, "bytes in base64", "nothing");
        }
        return value;
    }

    /** @throws HsmException INVALID_FIELD when they are not there, or not as many */
    static byte[] bytes(String field, int length, byte @Nullable [] value) {
        if (value == null || value.length != length) {
            throw HsmException.invalidField(
                    field, length + " bytes in base64", value == null ? "nothing" : value.length + " bytes");
        }
        return value;
    }

    /** Bytes in a parameter of the query (RFC 4648 section 5), with their padding or without. */
    static byte @Nullable [] base64Url(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        byte[] bytes = decoded(text);
        if (bytes == null || !written(bytes).equals(text.replace("=", ""))) {
            throw HsmException.invalidField(field, "bytes in base64url", "another text");
        }
        return bytes;
    }

    private static byte @Nullable [] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The one text of these bytes: the decoder forgives bits that no byte has. */
    private static String written(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] orNone(byte @Nullable [] value) {
        return value == null ? NONE : value;
    }

    /** @throws HsmException INVALID_FIELD for a field that the algorithm has no use for */
    static void refuse(String field, @Nullable Object value, String algorithm) {
        if (value != null) {
            throw HsmException.invalidField(field, "no such field for " + algorithm, "one");
        }
    }
}
