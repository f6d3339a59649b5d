package dev.slotgate.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** SHA-256, by which tokens, proofs and certificates are known. */
final class Sha256 {

    private Sha256() {}

    static byte[] of(String text) {
        return of(text, 0);
    }

    /** @param start where it begins in the text, with nothing but ASCII before it */
    static byte[] of(String text, int start) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return of(bytes, start, bytes.length - start);
    }

    static byte[] of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    private static byte[] of(byte[] bytes, int start, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, start, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static String base64url(String text) {
        return base64url(text.getBytes(StandardCharsets.UTF_8));
    }

    static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(of(bytes));
    }
}
