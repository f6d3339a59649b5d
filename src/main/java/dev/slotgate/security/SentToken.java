package dev.slotgate.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/**
 * An access token as a request brings it, in the header {@code Authorization} and nowhere else: by itself (RFC 6750 section
 * 2.1) or with a proof (RFC 9449 section 7.1).
 */
public final class SentToken extends AbstractAuthenticationToken {

    private static final String BEARER = "Bearer ";
    private static final String WITH_PROOF = "DPoP ";
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final transient HttpServletRequest request;
    private final String header;
    private final String scheme;

    private SentToken(HttpServletRequest request, String header, String scheme) {
        super(List.of());
        this.request = request;
        this.header = header;
        this.scheme = scheme;
    }

    /** @return null when the request has none, or something of another scheme. @throws TokenRefused when it has several */
    static @Nullable SentToken of(HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders("Authorization"));
        if (headers.size() > 1) {
            throw new TokenRefused("it is not the only one");
        }
        String header = headers.isEmpty() ? null : headers.getFirst();
        String scheme = scheme(header);
        return header == null || scheme == null ? null : new SentToken(request, header, scheme);
    }

    /** The token that the header {@code Authorization} brings, of either scheme; null when it brings none. */
    public static @Nullable String in(@Nullable String header) {
        String scheme = scheme(header);
        return header == null || scheme == null ? null : header.substring(scheme.length());
    }

    private static @Nullable String scheme(@Nullable String header) {
        if (header == null) {
            return null;
        }
        if (isOf(BEARER, header)) {
            return BEARER;
        }
        return isOf(WITH_PROOF, header) ? WITH_PROOF : null;
    }

    private static boolean isOf(String scheme, String header) {
        return header.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    @Override
    public String getCredentials() {
        return header.substring(scheme.length());
    }

    /** The SHA-256 of the token. It is asked for at every call, the token itself only when it is not known. */
    byte[] hash() {
        return Sha256.of(header, scheme.length());
    }

    @Override
    public @Nullable Object getPrincipal() {
        return null;
    }

    boolean isWithProof() {
        return scheme.equals(WITH_PROOF);
    }

    /** The one proof, or null when there is none or there are several. */
    @Nullable
    String proof() {
        List<String> proofs = Collections.list(request.getHeaders("DPoP"));
        return proofs.size() == 1 ? proofs.getFirst() : null;
    }

    String method() {
        return request.getMethod();
    }

    /** Whether the address is that of the request, but for the query (RFC 9449 section 4.3, RFC 3986 section 6.2.2). */
    boolean isTo(@Nullable String address) {
        try {
            return address != null
                    && normal(new URI(address))
                            .equals(normal(new URI(request.getRequestURL().toString())));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String normal(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        int port = address.getPort() < 0 ? (scheme.equals("https") ? 443 : 80) : address.getPort();
        return scheme + "://" + host + ":" + port + address.getRawPath();
    }

    /** The SHA-256 in base64url of the certificate that the client proved to have in the TLS handshake, or null. */
    @Nullable
    String certificate() {
        try {
            return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                    ? Sha256.base64url(chain[0].getEncoded())
                    : null;
        } catch (CertificateEncodingException e) {
            return null;
        }
    }
}
