package dev.slotgate;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running trial gateway as its callers see it. */
public final class Gateway {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http;
    private final String url;
    private final Path data;
    private @Nullable String token;

    public Gateway(String url, Path data) {
        this(url, data, HttpClient.newHttpClient());
    }

    /** @param http whom it trusts */
    public Gateway(String url, Path data, HttpClient http) {
        this.url = url;
        this.data = data;
        this.http = http;
    }

    /** Calls with this access token from now on; with null, without one. */
    public Gateway with(@Nullable String accessToken) {
        Gateway same = new Gateway(url, data, http);
        same.token = accessToken;
        return same;
    }

    /** Calls as the administrator, with these scopes (none means all) and slots. */
    public Gateway as(String scopes, String slots) throws Exception {
        String secret = Files.readString(data.resolve("clients/slotgate-admin"));
        String form = form(Map.of(
                "grant_type", "client_credentials",
                "client_id", "slotgate-admin",
                "client_secret", secret,
                "scope", scopes,
                "slots", slots));
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(url + "/oauth2/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return with(JSON.readTree(answer.body()).path("access_token").asString());
    }

    /** The access token that it calls with. */
    public @Nullable String token() {
        return token;
    }

    /** A token that the trial's own key signed, changed in one respect. */
    public String forge(Consumer<JWTClaimsSet.Builder> change) throws Exception {
        RSAKey key = RSAKey.parse(Files.readString(data.resolve("issuer-key.jwk")));
        Instant now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer("http://slotgate.localhost")
                .subject("forger")
                .audience("slotgate")
                .claim("scope", "slots.read")
                .claim("slots", "*")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)));
        change.accept(claims);
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims.build());
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    public Answer get(String path, String... headers) throws Exception {
        return send(request(path, headers).GET());
    }

    public Answer post(String path, String json, String... headers) throws Exception {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    public Answer put(String path, String json, String... headers) throws Exception {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    public Answer patch(String path, String json, String... headers) throws Exception {
        return send(request(path, headers)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    /** Puts a body that is not JSON. */
    public Answer put(String path, String mediaType, byte[] body) throws Exception {
        return send(request(path).header("Content-Type", mediaType).PUT(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    public Answer delete(String path, String... headers) throws Exception {
        return send(request(path, headers).DELETE());
    }

    public Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        Answer answer = new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        StatedProblems.check(answer);
        return answer;
    }

    public HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** What came back. */
    public record Answer(HttpResponse<byte[]> http) {

        public int status() {
            return http.statusCode();
        }

        public byte[] bytes() {
            return http.body();
        }

        public String text() {
            return new String(http.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JSON.readTree(http.body());
        }

        public String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        public List<String> fieldNames() {
            return List.copyOf(json().propertyNames());
        }
    }
}
