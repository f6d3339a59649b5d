package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A realm of a Keycloak, as its clients and its administrator see it. */
final class KeycloakRealm {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String keycloak;
    private final String name;
    private final String administrator;

    /** @param administrator a client of the realm {@code master} that administers all realms */
    KeycloakRealm(String keycloak, String name, String administrator) {
        this.keycloak = keycloak;
        this.name = name;
        this.administrator = administrator;
    }

    /** What this client's secret is in the tests. */
    static String secret(String client) {
        return client + "-secret";
    }

    String issuer() {
        return issuer(name);
    }

    /** A new access token for a client itself, with these scopes or only with those that it always gets. */
    String token(String client, String scopes) throws Exception {
        JsonNode answer = askForToken(client, scopes);
        assertThat(answer.has("access_token")).as(answer.toString()).isTrue();
        return answer.path("access_token").asString();
    }

    /** The answer to a client that asks for a token with these scopes, with or without one. */
    JsonNode askForToken(String client, String scopes) throws Exception {
        return askForToken(name, client, scopes);
    }

    /** Adds a client of the realm with none of the scopes of Slotgate. */
    void addClient(String client) throws Exception {
        administer("POST", "/clients", """
                {"clientId": "%s", "secret": "%s", "serviceAccountsEnabled": true, "defaultClientScopes": ["basic"]}
                """.formatted(client, secret(client)));
    }

    /** Signs with a new RSA key from now on. The higher priority wins; the key that the realm began with has 100. */
    void addKey(int priority) throws Exception {
        administer("POST", "/components", """
                {"name": "rsa-%d", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
                 "config": {"priority": ["%d"]}}
                """.formatted(priority, priority));
    }

    /** Removes the key that signed this token. */
    void removeKeyOf(String token) throws Exception {
        String kid = SignedJWT.parse(token).getHeader().getKeyID();
        for (JsonNode key : administer("GET", "/keys", "").path("keys")) {
            if (key.path("kid").asString().equals(kid)) {
                administer("DELETE", "/components/" + key.path("providerId").asString(), "");
                return;
            }
        }
        throw new AssertionError("the realm has no key " + kid);
    }

    /** Signs with this algorithm from now on; a key for it is made when there is none. */
    void signWith(String algorithm) throws Exception {
        administer("PUT", "", "{\"defaultSignatureAlgorithm\": \"%s\"}".formatted(algorithm));
    }

    private JsonNode administer(String method, String path, String json) throws Exception {
        JsonNode token = askForToken("master", administrator, "");
        URI uri = URI.create(keycloak + "/admin/realms/" + name + path);
        return send(HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token.path("access_token").asString())
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json)));
    }

    private JsonNode askForToken(String realm, String client, String scopes) throws Exception {
        String form = "grant_type=client_credentials&client_id=%s&client_secret=%s".formatted(client, secret(client));
        String scope = scopes.isEmpty() ? "" : "&scope=" + URLEncoder.encode(scopes, StandardCharsets.UTF_8);
        return send(HttpRequest.newBuilder(URI.create(issuer(realm) + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form + scope)));
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201, 204, 400);
        return JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body());
    }

    private String issuer(String realm) {
        return keycloak + "/realms/" + realm;
    }
}
