package dev.slotgate.remote;

import dev.slotgate.hsm.StartRefused;
import dev.slotgate.security.Caller;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/**
 * Listens for TLS with client certificates: the gateway's own certificate, and the issuers of its clients, are those that it has
 * for HTTP, also when they are replaced. What a client may do is configured for the subject of its certificate.
 */
@Component
class TlsListener implements Listener {

    /** What the certificates for HTTP are registered as. */
    private static final String BUNDLE = "slotgate";

    private static final int SOON_MILLIS = 30_000;

    private final RemoteSettings settings;
    private final SslBundles bundles;
    private final boolean asksForCertificates;
    private final boolean trial;
    private final Strangers strangers;
    private volatile @Nullable SSLContext context;

    TlsListener(
            RemoteSettings settings,
            SslBundles bundles,
            @Value("${slotgate.web.tls.client-ca:}") String clientCa,
            @Value("${slotgate.trial:false}") boolean trial,
            Strangers strangers) {
        this.settings = settings;
        this.bundles = bundles;
        this.asksForCertificates = !clientCa.isEmpty();
        this.trial = trial;
        this.strangers = strangers;
    }

    @Override
    public Optional<ServerSocketChannel> open() throws IOException {
        Integer port = settings.port();
        if (port == null) {
            return Optional.empty();
        }
        if (trial && !settings.address().isLoopbackAddress()) {
            throw new StartRefused(
                    RemoteSettings.PREFIX + ".address is not a loopback address, and a trial listens on nothing else.");
        }
        if (!asksForCertificates) {
            throw new StartRefused(RemoteSettings.PREFIX
                    + ".port needs slotgate.web.tls.certificate, .private-key and .client-ca: clients come"
                    + " with certificates.");
        }
        context = bundle().createSslContext();
        bundles.addBundleUpdateHandler(BUNDLE, renewed -> context = renewed.createSslContext());
        ServerSocketChannel listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(settings.address(), port));
        return Optional.of(listening);
    }

    private SslBundle bundle() {
        try {
            return bundles.getBundle(BUNDLE);
        } catch (NoSuchSslBundleException e) {
            throw new StartRefused(RemoteSettings.PREFIX + ".port needs slotgate.web.tls.certificate.");
        }
    }

    @Override
    public void serve(SocketChannel client, Connections connections) throws IOException {
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        client.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        String source = client.socket().getInetAddress().getHostAddress();
        try (SSLSocket socket = strangers.introduced(client, source, () -> handshake(client))) {
            var subject = (X500Principal) socket.getSession().getPeerPrincipal();
            Optional<Caller> caller = settings.clients().stream()
                    .filter(known -> known.isOf(subject))
                    .map(known -> known.caller(subject.getName()))
                    .findFirst();
            if (caller.isEmpty()) {
                strangers.turnAway(subject.getName(), source);
                return;
            }
            connections.serve(new OfSocket(socket, client), caller.get(), source);
        }
    }

    private SSLSocket handshake(SocketChannel client) throws IOException {
        SSLContext current = context;
        if (current == null) {
            throw new IOException("not open");
        }
        SslBundle bundle = bundle();
        var socket = (SSLSocket) current.getSocketFactory().createSocket(client.socket(), null, true);
        String[] protocols = bundle.getOptions().getEnabledProtocols();
        String[] ciphers = bundle.getOptions().getCiphers();
        if (protocols != null) {
            socket.setEnabledProtocols(protocols);
        }
        if (ciphers != null) {
            socket.setEnabledCipherSuites(ciphers);
        }
        socket.setNeedClientAuth(true);
        socket.setSoTimeout(SOON_MILLIS);
        socket.startHandshake();
        return socket;
    }

    /** The streams of a socket; a frame that has begun ends soon, or the connection does. */
    private record OfSocket(SSLSocket socket, SocketChannel client) implements Channel {

        @Override
        public InputStream in() throws IOException {
            return new BufferedInputStream(socket.getInputStream());
        }

        @Override
        public OutputStream out() throws IOException {
            return socket.getOutputStream();
        }

        @Override
        public void expectsSoon(boolean soon) throws IOException {
            socket.setSoTimeout(soon ? SOON_MILLIS : 0);
        }

        /** Without a last word: it would wait behind an answer that the client does not read. */
        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
