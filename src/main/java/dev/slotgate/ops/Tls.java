package dev.slotgate.ops;

import dev.slotgate.hsm.StartRefused;
import dev.slotgate.recurrence.Recurrence;
import dev.slotgate.recurrence.Recurring;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.stereotype.Component;

/**
 * TLS with the certificate that the operator names, and with its successors as they come. The files are read and compared:
 * that sees every way of putting a new file in the place of the old one, symbolic links that are switched included.
 */
@Component
class Tls implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory>, Recurring {

    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String BUNDLE = "slotgate";

    private final TlsSettings settings;
    private final SslBundleRegistry bundles;
    private @Nullable TlsFiles inUse;
    private @Nullable TlsFiles seen;
    private boolean judged;

    Tls(TlsSettings settings, SslBundleRegistry bundles) {
        this.settings = settings;
        this.bundles = bundles;
    }

    @Override
    public synchronized void customize(ConfigurableServletWebServerFactory factory) {
        if (!settings.isOn()) {
            return;
        }
        TlsFiles files = TlsFiles.read(settings);
        bundles.registerBundle(BUNDLE, files.bundle());
        inUse = files;
        Ssl ssl = Ssl.forBundle(BUNDLE);
        ssl.setClientAuth(settings.clients());
        factory.setSsl(ssl);
    }

    @Override
    public Recurrence recurrence() {
        return new Recurrence(this::look, PAUSE);
    }

    /** Takes files once they have stayed the same from one look to the next: two of them are seldom replaced in one step. */
    synchronized void look() {
        if (inUse == null) {
            return;
        }
        TlsFiles now = TlsFiles.read(settings);
        if (!now.equals(seen)) {
            seen = now;
            judged = false;
        } else if (!judged) {
            judged = true;
            if (!now.equals(inUse)) {
                use(now);
            }
        }
    }

    private void use(TlsFiles files) {
        try {
            bundles.updateBundle(BUNDLE, files.bundle());
            inUse = files;
            LOG.info("New TLS files are in use.");
        } catch (StartRefused e) {
            LOG.warn("The TLS files have changed and cannot be used, the old ones stay in use: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("The TLS files have changed and cannot be used, the old ones stay in use.", e);
        }
    }
}
