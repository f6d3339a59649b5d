package dev.slotgate.ops;

import dev.slotgate.hsm.StartRefused;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/** Refuses to listen beyond loopback without TLS, unless the operator says that a proxy in front does it. */
@Component
class PlainHttpCheck implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory>, Ordered {

    private final @Nullable InetAddress address;
    private final boolean tls;
    private final boolean allowed;

    PlainHttpCheck(
            @Value("${server.address:#{null}}") @Nullable InetAddress address,
            @Value("${server.ssl.bundle:}${server.ssl.certificate:}${server.ssl.key-store:}") String tls,
            @Value("${slotgate.web.allow-plain-http:false}") boolean allowed) {
        this.address = address;
        this.tls = !tls.isEmpty();
        this.allowed = allowed;
    }

    @Override
    public void customize(ConfigurableServletWebServerFactory factory) {
        boolean loopback = address != null && address.isLoopbackAddress();
        if (!loopback && !tls && !allowed) {
            throw new StartRefused(
                    "server.address is not a loopback address and no TLS is configured: set server.ssl, or "
                            + "slotgate.web.allow-plain-http=true when a proxy in front of the gateway does it.");
        }
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
