package dev.slotgate.ops;

import dev.slotgate.hsm.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;

/**
 * What the files of a TLS set-up held at one moment; null is what could not be read, or is not configured.
 *
 * @param settings where they are
 */
record TlsFiles(
        TlsSettings settings,
        @Nullable String certificate,
        @Nullable String privateKey,
        @Nullable String clientCa) {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** Authenticated encryption with forward secrecy, and nothing else. */
    private static final String[] CIPHERS = {
        "TLS_AES_256_GCM_SHA384",
        "TLS_AES_128_GCM_SHA256",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    };

    private static final byte[] SOMETHING = {1};

    static TlsFiles read(TlsSettings settings) {
        return new TlsFiles(
                settings, text(settings.certificate()), text(settings.privateKey()), text(settings.clientCa()));
    }

    private static @Nullable String text(@Nullable Path file) {
        try {
            return file == null ? null : Files.readString(file);
        } catch (IOException e) {
            return null;
        }
    }

    /** @throws StartRefused naming the file that is missing, is not what it should be, or does not fit the other */
    SslBundle bundle() {
        List<X509Certificate> chain = certificates("certificate", settings.certificate(), certificate);
        PrivateKey key = key();
        if (!belongTogether(key, chain.getFirst().getPublicKey())) {
            throw new StartRefused(TlsSettings.PREFIX + ".private-key is not the key of " + TlsSettings.PREFIX
                    + ".certificate: the file " + settings.certificate()
                    + " must begin with the key's own certificate.");
        }
        PemSslStore trust = settings.clientCa() == null
                ? null
                : PemSslStore.of(certificates("client-ca", settings.clientCa(), clientCa), null);
        return SslBundle.of(
                new PemSslStoreBundle(PemSslStore.of(chain, key), trust),
                SslBundleKey.NONE,
                SslOptions.of(CIPHERS, PROTOCOLS));
    }

    private static List<X509Certificate> certificates(String setting, @Nullable Path file, @Nullable String text) {
        try {
            return PemContent.of(required(setting, file, text)).getCertificates();
        } catch (IllegalStateException e) {
            throw unusable(setting, file, "holds no certificate in PEM");
        }
    }

    private PrivateKey key() {
        String text = required("private-key", settings.privateKey(), privateKey);
        PrivateKey key = null;
        try {
            key = PemContent.of(text).getPrivateKey();
        } catch (IllegalStateException e) {
            // Told below: the framework's message may quote the file.
        }
        if (key == null) {
            throw unusable("private-key", settings.privateKey(), "holds no private key in PEM that is not encrypted");
        }
        return key;
    }

    private static String required(String setting, @Nullable Path file, @Nullable String text) {
        if (text == null) {
            throw unusable(setting, file, "cannot be read");
        }
        return text;
    }

    private static StartRefused unusable(String setting, @Nullable Path file, String why) {
        return new StartRefused("the file of " + TlsSettings.PREFIX + "." + setting + ", " + file + ", " + why + ".");
    }

    private static boolean belongTogether(PrivateKey privateKey, PublicKey publicKey) {
        String algorithm = switch (privateKey.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> privateKey.getAlgorithm();
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(privateKey);
            signature.update(SOMETHING);
            byte[] made = signature.sign();
            signature.initVerify(publicKey);
            signature.update(SOMETHING);
            return signature.verify(made);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Without what they hold: one is a private key. */
    @Override
    public String toString() {
        return "TLS files of " + settings;
    }
}
