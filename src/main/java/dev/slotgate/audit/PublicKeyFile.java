package dev.slotgate.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Public keys in PEM (RFC 7468), one after the other: a key that was replaced goes on to vouch for its checkpoints. */
final class PublicKeyFile {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

    private PublicKeyFile() {}

    /** @throws IOException when it cannot be read, or holds something else */
    static List<PublicKey> read(Path file) throws IOException {
        var keys = new ArrayList<PublicKey>();
        Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        while (pem.find()) {
            try {
                keys.add(KeyFactory.getInstance("EC")
                        .generatePublic(
                                new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)))));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                throw new IOException("the file holds a public key that is none of an elliptic curve");
            }
        }
        if (keys.isEmpty()) {
            throw new IOException("the file holds no public key");
        }
        return keys;
    }

    /** Adds the key unless it is there. */
    static void add(Path file, PublicKey key) throws IOException {
        if (Files.exists(file) && read(file).contains(key)) {
            return;
        }
        String before = Files.exists(file) ? Files.readString(file, StandardCharsets.US_ASCII) : "";
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        WholeFile.write(file, (before + pem).getBytes(StandardCharsets.US_ASCII));
    }
}
