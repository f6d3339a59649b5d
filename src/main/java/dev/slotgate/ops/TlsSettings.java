package dev.slotgate.ops;

import dev.slotgate.hsm.StartRefused;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.web.server.Ssl;

/**
 * With what the gateway does TLS; not at all without a certificate.
 *
 * @param certificate a PEM file: the gateway's certificate, then its issuers'
 * @param privateKey a PEM file: the certificate's private key (PKCS#8), not encrypted
 * @param clientCa a PEM file: whose client certificates are accepted; without it none is asked for
 * @param clientAuth whether a client must have a certificate ({@code need}), or is served without one, too
 */
@ConfigurationProperties(TlsSettings.PREFIX)
record TlsSettings(
        @Nullable Path certificate,
        @Nullable Path privateKey,
        @Nullable Path clientCa,
        @DefaultValue("need") ClientAuth clientAuth) {

    static final String PREFIX = "slotgate.web.tls";

    TlsSettings {
        if ((certificate == null) != (privateKey == null)) {
            throw new StartRefused(PREFIX + ".certificate and " + PREFIX + ".private-key belong together: set both.");
        }
        if (clientCa != null && certificate == null) {
            throw new StartRefused(PREFIX + ".client-ca needs " + PREFIX + ".certificate: without it there is no TLS.");
        }
    }

    boolean isOn() {
        return certificate != null;
    }

    Ssl.ClientAuth clients() {
        if (clientCa == null) {
            return Ssl.ClientAuth.NONE;
        }
        return clientAuth == ClientAuth.NEED ? Ssl.ClientAuth.NEED : Ssl.ClientAuth.WANT;
    }

    /** What becomes of a client without a certificate: it is refused, or served like any other. */
    enum ClientAuth {
        WANT,
        NEED
    }
}
