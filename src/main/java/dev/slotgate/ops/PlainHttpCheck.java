package dev.slotgate.ops;

import dev.slotgate.hsm.StartRefused;
import java.net.InetAddress;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.stereotype.Component;

/**
 * Refuses to listen beyond loopback without TLS, unless the operator says that a proxy in front does it; and with a trial,
 * whose PIN everybody knows, in any case.
 */
@Component
class PlainHttpCheck implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> {

    private final ServerProperties server;
    private final boolean trial;
    private final boolean allowed;

    PlainHttpCheck(
            ServerProperties server,
            @Value("${slotgate.trial:false}") boolean trial,
            @Value("${slotgate.web.allow-plain-http:false}") boolean allowed) {
        this.server = server;
        this.trial = trial;
        this.allowed = allowed;
    }

    @Override
    public void customize(ConfigurableServletWebServerFactory factory) {
        InetAddress address = server.getAddress();
        if (address != null && address.isLoopbackAddress()) {
            return;
        }
        if (trial) {
            throw new StartRefused("server.address is not a loopback address, and a trial listens on nothing else.");
        }
        if (!Ssl.isEnabled(server.getSsl()) && !allowed) {
            throw new StartRefused(
                    "server.address is not a loopback address and no TLS is configured: set server.ssl, or "
                            + "slotgate.web.allow-plain-http=true when a proxy in front of the gateway does it.");
        }
    }
}
