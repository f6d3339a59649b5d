package dev.slotgate.ops;

import dev.slotgate.hsm.StartRefused;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Refuses to listen beyond loopback without TLS, unless the operator says that a proxy in front does it; and with a trial,
 * whose PIN everybody knows, in any case. In a container that is up to whoever publishes its port.
 */
@Component
class PlainHttpCheck implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> {

    private final ServerProperties server;
    private final ManagementServerProperties management;
    private final TlsSettings tls;
    private final boolean trial;
    private final boolean allowed;

    @Autowired
    PlainHttpCheck(
            ServerProperties server,
            Environment environment,
            TlsSettings tls,
            @Value("${slotgate.trial:false}") boolean trial,
            @Value("${slotgate.container:false}") boolean container,
            PlainHttpSettings settings) {
        this(
                server,
                Binder.get(environment).bindOrCreate("management.server", ManagementServerProperties.class),
                tls,
                trial && !container,
                settings.allowPlainHttp() || (trial && container));
    }

    PlainHttpCheck(
            ServerProperties server,
            ManagementServerProperties management,
            TlsSettings tls,
            boolean trial,
            boolean allowed) {
        this.server = server;
        this.management = management;
        this.tls = tls;
        this.trial = trial;
        this.allowed = allowed;
    }

    @Override
    public void customize(ConfigurableServletWebServerFactory factory) {
        check("server", server.getAddress(), tls.isOn() || Ssl.isEnabled(server.getSsl()));
        Integer port = management.getPort();
        if (port != null && port >= 0 && !port.equals(server.getPort())) {
            check("management.server", management.getAddress(), Ssl.isEnabled(management.getSsl()));
        }
    }

    private void check(String prefix, @Nullable InetAddress address, boolean isTls) {
        if (address != null && address.isLoopbackAddress()) {
            return;
        }
        if (trial) {
            throw new StartRefused(prefix + ".address is not a loopback address, and a trial listens on nothing else.");
        }
        if (!isTls && !allowed) {
            throw new StartRefused(prefix + ".address is not a loopback address and no TLS is configured: set "
                    + (prefix.equals("server") ? TlsSettings.PREFIX + ".certificate and .private-key" : prefix + ".ssl")
                    + ", or slotgate.web.allow-plain-http=true when a proxy in front of the gateway does it.");
        }
    }
}
