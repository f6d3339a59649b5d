package dev.slotgate.remote;

import dev.slotgate.security.Caller;
import dev.slotgate.security.Scope;
import dev.slotgate.security.SlotAccess;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Listens on a Unix socket. Who connects is known by the user that the process belongs to: the gateway's own may
 * do everything, others what is configured for them.
 */
@Component
class UnixListener implements Listener {

    private static final Logger LOG = LoggerFactory.getLogger(UnixListener.class);

    /** What a socket's address has room for, on every system. */
    private static final int LONGEST_PATH = 103;

    private final RemoteSettings settings;
    private final Path path;
    private final Strangers strangers;
    /** The gateway's own user; null until it listens. */
    private volatile @Nullable UserPrincipal own;

    UnixListener(RemoteSettings settings, @Value("${slotgate.data}") Path data, Strangers strangers) {
        this.settings = settings;
        this.strangers = strangers;
        Path wanted = settings.socketPath();
        this.path = (wanted == null ? data.resolve("pkcs11.sock") : wanted)
                .toAbsolutePath()
                .normalize();
    }

    @Override
    public Optional<ServerSocketChannel> open() throws IOException {
        if (!settings.socket()) {
            return Optional.empty();
        }
        if (path.toString().length() > LONGEST_PATH) {
            LOG.warn("There is no socket for PKCS#11 applications: its path is too long: set"
                    + " slotgate.pkcs11.socket-path.");
            return Optional.empty();
        }
        Files.deleteIfExists(path);
        ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listening.bind(UnixDomainSocketAddress.of(path));
        // Now, and not when somebody connects: the file may be given to others, or be another one by then.
        own = Files.getOwner(path);
        String permissions = settings.isForOtherUsers() ? "rw-rw-rw-" : "rw-------";
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        return Optional.of(listening);
    }

    @Override
    public void serve(SocketChannel client, Connections connections) throws IOException {
        UserPrincipal user = client.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        Optional<Caller> caller = caller(user);
        if (caller.isEmpty()) {
            strangers.turnAway(name(user), name(user));
            return;
        }
        connections.serve(new OfSocket(client), caller.get(), name(user));
    }

    @Override
    public void closed() throws IOException {
        Files.deleteIfExists(path);
    }

    private static String name(UserPrincipal user) {
        return "unix:" + user.getName();
    }

    private Optional<Caller> caller(UserPrincipal user) {
        String name = name(user);
        Optional<Caller> configured = settings.clients().stream()
                .filter(client -> client.isOfUser(user.getName()))
                .map(client -> client.caller(name))
                .findFirst();
        if (configured.isPresent() || !user.equals(own)) {
            return configured;
        }
        return Optional.of(new Caller(name, null, Set.copyOf(Scope.all()), new SlotAccess(true, Set.of()), null));
    }

    /** The streams of a socket. */
    private record OfSocket(SocketChannel socket) implements Channel {

        @Override
        public InputStream in() {
            return new BufferedInputStream(Channels.newInputStream(socket));
        }

        @Override
        public OutputStream out() {
            return Channels.newOutputStream(socket);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
