package dev.slotgate.pin;

import dev.slotgate.hsm.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the public key of the escrow: SubjectPublicKeyInfo in PEM (RFC 7468 section 13), RSA, 3072 bits or more. */
final class EscrowKey {

    private static final String SETTING = "slotgate.pin-escrow.public-key: ";
    private static final int MIN_BITS = 3072;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

    private EscrowKey() {}

    /** @throws StartRefused when it is none */
    static RSAPublicKey read(Path file) {
        try {
            Matcher pem = PEM.matcher(Files.readString(file));
            if (!pem.find()) {
                throw refused(file, "holds no 'BEGIN PUBLIC KEY' in PEM");
            }
            byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
            var key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
            if (key.getModulus().bitLength() < MIN_BITS) {
                throw refused(
                        file, "has " + key.getModulus().bitLength() + " bits, and needs " + MIN_BITS + " or more");
            }
            return key;
        } catch (IOException e) {
            throw refused(file, "cannot be read");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw refused(file, "is no RSA key");
        }
    }

    private static StartRefused refused(Path file, String why) {
        return new StartRefused(SETTING + file + " " + why + ".");
    }
}
