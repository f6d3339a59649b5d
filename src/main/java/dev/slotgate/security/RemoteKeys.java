package dev.slotgate.security;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Fetches the JWK set of an issuer over HTTP, from where the issuer's metadata (RFC 8414, OpenID Connect) says it is. */
final class RemoteKeys implements IssuerKeys.Source {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long LONGEST_ANSWER = 1 << 20;
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String issuer;
    private final @Nullable URI configured;

    /** @param configured where the JWK set is, or null to ask the issuer */
    RemoteKeys(String issuer, @Nullable URI configured) {
        this.issuer = issuer;
        this.configured = configured;
    }

    @Override
    public JWKSet fetch() throws IOException {
        try {
            URI address = configured == null ? discover() : configured;
            return JWKSet.parse(new String(get(address), StandardCharsets.UTF_8));
        } catch (ParseException | IllegalArgumentException | TokenRefused e) {
            throw new IOException("what " + issuer + " answers is not understood", e);
        }
    }

    private URI discover() throws IOException {
        IOException last = new IOException(issuer + " has no metadata");
        for (URI address : metadata()) {
            try {
                return address(Members.of(get(address)));
            } catch (IOException e) {
                last = e;
            } catch (TokenRefused e) {
                last = new IOException(address + " is no metadata", e);
            }
        }
        throw last;
    }

    /** OpenID Connect puts its path after that of the issuer, RFC 8414 before it. */
    private List<URI> metadata() {
        URI base = URI.create(issuer.replaceAll("/+$", ""));
        return List.of(
                URI.create(base + "/.well-known/openid-configuration"),
                base.resolve("/.well-known/oauth-authorization-server" + base.getRawPath()));
    }

    /** The metadata must be this issuer's own (RFC 8414 section 3.3), and TLS must not end at the keys. */
    private URI address(Members metadata) throws IOException {
        String address = metadata.text("jwks_uri");
        if (address == null || !issuer.equals(metadata.text("issuer"))) {
            throw new IOException("the metadata of " + issuer + " is another's, or names no keys");
        }
        if (issuer.startsWith("https:") && !address.startsWith("https:")) {
            throw new IOException("the metadata of " + issuer + " names keys without TLS");
        }
        return URI.create(address);
    }

    private byte[] get(URI address) throws IOException {
        var request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Accept", "application/json, application/jwk-set+json")
                .build();
        try {
            // The request's own timeout ends with the headers of the answer.
            HttpResponse<byte[]> answer = http.sendAsync(
                            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER))
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .get();
            if (answer.statusCode() == OK) {
                return answer.body();
            }
            throw new IOException(address + " answered " + answer.statusCode());
        } catch (ExecutionException e) {
            throw new IOException(address + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
