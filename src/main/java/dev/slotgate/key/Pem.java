package dev.slotgate.key;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes PEM (RFC 7468). */
final class Pem {

    static final String MEDIA_TYPE = "application/x-pem-file";

    private static final int LINE = 64;

    private Pem() {}

    static String of(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }
}
