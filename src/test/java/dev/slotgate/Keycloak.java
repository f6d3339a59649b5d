package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Keycloak with the realm {@code slotgate}, as a process on loopback that can be stopped and started again. */
final class Keycloak {

    private static final String ADMINISTRATOR = "administrator";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient http = HttpClient.newHttpClient();
    private final KeycloakFolder folder;
    private final int port;
    private @Nullable Process process;

    private Keycloak(KeycloakFolder folder, int port) {
        this.folder = folder;
        this.port = port;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /** A new one, that does not run yet. */
    static Keycloak blank() throws Exception {
        KeycloakFolder folder = KeycloakFolder.blank(Map.of(
                "PAYMENTS_SECRET", KeycloakRealm.secret("payments"),
                "OPERATIONS_SECRET", KeycloakRealm.secret("operations"),
                "KC_BOOTSTRAP_ADMIN_CLIENT_ID", ADMINISTRATOR,
                "KC_BOOTSTRAP_ADMIN_CLIENT_SECRET", KeycloakRealm.secret(ADMINISTRATOR)));
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Keycloak(folder, free.getLocalPort());
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    KeycloakRealm realm() {
        return new KeycloakRealm(url(), "slotgate", ADMINISTRATOR);
    }

    /** Starts it, on the port that it had before, and waits until it can be asked for tokens. */
    void start() throws IOException {
        Process started = folder.run(List.of(
                "start",
                "--optimized",
                "--import-realm",
                // Else it listens for other Keycloaks, and not on loopback alone.
                "--cache=local",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname-strict=false"));
        process = started;
        await().atMost(PATIENCE).ignoreExceptions().until(() -> !started.isAlive() || answers());
        assertThat(started.isAlive()).as(folder.output()).isTrue();
    }

    void stop() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroy();
            assertThat(running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(folder.output())
                    .isTrue();
        }
    }

    /** The server is a child of its launcher. */
    private void kill() {
        Process running = process;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
        }
    }

    private boolean answers() throws IOException, InterruptedException {
        URI metadata = URI.create(realm().issuer() + "/.well-known/openid-configuration");
        return http.send(HttpRequest.newBuilder(metadata).build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                == 200;
    }
}
