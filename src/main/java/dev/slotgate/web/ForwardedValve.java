package dev.slotgate.web;

import dev.slotgate.web.TrustedProxies.Hop;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/**
 * Takes the word of trusted proxies on where a call comes from and whether it came over TLS; to everybody else's headers of that
 * kind it is blind. Which of the two kinds of headers a proxy writes is not known here, and the other kind may be the caller's:
 * a call whose headers tell two stories is refused.
 */
class ForwardedValve extends ValveBase {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final TrustedProxies proxies;

    ForwardedValve(TrustedProxies proxies) {
        super(true);
        this.proxies = proxies;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String peer = request.getRemoteAddr();
        if (peer != null && proxies.trust(peer)) {
            List<Hop> origins = origins(peer, request);
            if (origins.stream().map(Hop::address).distinct().count() > 1) {
                response.sendError(HttpServletResponse.SC_BAD_REQUEST);
                return;
            }
            origins.forEach(origin -> take(origin, request));
        }
        getNext().invoke(request, response);
    }

    private List<Hop> origins(String peer, Request request) {
        var origins = new ArrayList<Hop>();
        String forwarded = header(request, "Forwarded");
        String forwardedFor = header(request, "X-Forwarded-For");
        if (forwarded != null) {
            origins.add(proxies.origin(peer, TrustedProxies.hops(forwarded)));
        }
        if (forwardedFor != null) {
            origins.add(proxies.origin(peer, TrustedProxies.hops(forwardedFor, header(request, "X-Forwarded-Proto"))));
        }
        return origins;
    }

    private static @Nullable String header(Request request, String name) {
        List<String> lines = Collections.list(request.getHeaders(name));
        return lines.isEmpty() ? null : String.join(",", lines);
    }

    private static void take(Hop origin, Request request) {
        request.setRemoteAddr(origin.address());
        request.setRemoteHost(origin.address());
        if (origin.scheme() != null) {
            boolean tls = origin.scheme().equals("https");
            request.setSecure(tls);
            request.getCoyoteRequest().scheme().setString(origin.scheme());
            if (request.getServerPort() == (tls ? HTTP : HTTPS)) {
                request.setServerPort(tls ? HTTPS : HTTP);
            }
        }
    }
}
