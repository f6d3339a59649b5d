package dev.slotgate.web;

import dev.slotgate.hsm.StartRefused;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.catalina.util.NetMask;
import org.jspecify.annotations.Nullable;

/** The proxies whose headers are believed, and what these headers say of where a call comes from. */
final class TrustedProxies {

    private final List<NetMask> networks;

    /** @throws StartRefused when one is neither an address nor a network */
    TrustedProxies(List<String> networks) {
        this.networks = networks.stream().map(TrustedProxies::network).toList();
    }

    private static NetMask network(String text) {
        try {
            // A name would be looked up, and stand for whatever it stood for then.
            InetAddress.ofLiteral(text.split("/", 2)[0]);
            return new NetMask(text);
        } catch (IllegalArgumentException e) {
            throw new StartRefused(WebSettings.PREFIX + ".trusted-proxies has '" + text
                    + "', which is neither an address nor a network such as 10.1.0.0/16.");
        }
    }

    boolean isEmpty() {
        return networks.isEmpty();
    }

    boolean trust(String address) {
        return address(address)
                .filter(known -> networks.stream().anyMatch(network -> network.matches(known)))
                .isPresent();
    }

    /**
     * The hop that the call came from: the nearest that is no trusted proxy. Where a header becomes unreadable its reading
     * ends, with the last hop that a trusted proxy has named.
     *
     * @param peer whom the connection is with, a trusted proxy
     * @param hops what proxies have appended, the nearest last
     */
    Hop origin(String peer, List<Hop> hops) {
        Hop origin = new Hop(peer, null);
        for (Hop hop : hops.reversed()) {
            Optional<InetAddress> address = address(hop.address());
            if (address.isEmpty()) {
                return origin;
            }
            origin = new Hop(address.get().getHostAddress(), hop.scheme());
            if (!trust(origin.address())) {
                return origin;
            }
        }
        return origin;
    }

    /** Reads {@code X-Forwarded-For} and {@code -Proto}; the scheme is the one that the nearest proxy names. */
    static List<Hop> hops(String forwardedFor, @Nullable String proto) {
        String scheme = proto == null ? null : scheme(proto.substring(proto.lastIndexOf(',') + 1));
        return Stream.of(forwardedFor.split(",", -1))
                .map(node -> new Hop(node, scheme))
                .toList();
    }

    /** Reads {@code Forwarded} (RFC 7239). A comma in quotes, which no address has, makes what is before it unreadable. */
    static List<Hop> hops(String forwarded) {
        return Stream.of(forwarded.split(",", -1)).map(TrustedProxies::hop).toList();
    }

    private static Hop hop(String element) {
        String node = "";
        String scheme = null;
        for (String pair : element.split(";", -1)) {
            String[] parts = pair.strip().split("=", 2);
            String value = parts.length < 2 ? "" : parts[1].replace("\"", "");
            switch (parts[0].toLowerCase(Locale.ROOT)) {
                case "for" -> node = value;
                case "proto" -> scheme = scheme(value);
                default -> {
                    // What else proxies tell is not used.
                }
            }
        }
        return new Hop(node, scheme);
    }

    private static @Nullable String scheme(String text) {
        String scheme = text.strip().toLowerCase(Locale.ROOT);
        return scheme.equals("https") || scheme.equals("http") ? scheme : null;
    }

    /** An address as proxies write it: with or without a port, IPv6 with or without brackets. */
    private static Optional<InetAddress> address(String node) {
        String text = node.strip();
        if (text.startsWith("[")) {
            text = text.substring(1, Math.max(1, text.indexOf(']')));
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            text = text.substring(0, text.indexOf(':'));
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Where a call was, as the proxy after it tells.
     *
     * @param address the address of a node, or whatever is written in its place
     * @param scheme {@code http} or {@code https}; null when it is not told
     */
    record Hop(String address, @Nullable String scheme) {}
}
