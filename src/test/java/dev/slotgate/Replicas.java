package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slotgate.security.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Gateways that share tokens, a database and a master key, each with a data folder of its own. */
final class Replicas implements AutoCloseable {

    static final String USER_PIN = "rolling-4711";
    private static final String SO_PIN = "rolling-0815";

    private final Path folder;
    private final Path configuration;
    private final TestIssuer issuer = new TestIssuer();
    private final Map<String, Integer> ports = new HashMap<>();

    Replicas(Path folder) throws Exception {
        this.folder = folder;
        configuration = folder.resolve("slotgate.yaml");
        Files.createDirectory(folder.resolve("tokens"));
        Files.writeString(folder.resolve("softhsm2.conf"), "directories.tokendir = " + folder.resolve("tokens") + "\n");
        Path pin = Files.writeString(folder.resolve("user.pin"), USER_PIN);
        for (String label : List.of("shared", "audit")) {
            LaunchedGateway.shell(
                    folder,
                    environment(),
                    "softhsm2-util --module %s --init-token --free --label %s --so-pin %s --pin %s"
                            .formatted(SoftHsm.library(), label, SO_PIN, USER_PIN));
        }
        Files.writeString(configuration, """
            slotgate:
              modules:
                - library: %s
              slots:
                - {id: 0, label: shared, user-pin-file: %s}
              audit:
                token: {label: audit, user-pin-file: %s}
              security:
                issuer: %s
              master-key-file: %s
            spring:
              datasource:
                url: %s
                username: postgres
            """.formatted(
                SoftHsm.library(), pin, pin, issuer.url(), folder.resolve("master.key"), TestDatabase.postgresqlUrl()));
    }

    private Map<String, String> environment() {
        return Map.of("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
    }

    /** Starts the replica of this name, or starts it again at the same address, and waits until it is ready. */
    Replica start(String name) throws IOException {
        int port = ports.computeIfAbsent(name, _ -> freePort());
        var environment = new HashMap<>(environment());
        environment.put("SERVER_PORT", String.valueOf(port));
        LaunchedGateway process =
                LaunchedGateway.start(folder.resolve(name), environment, "--config", configuration.toString());
        var replica = new Replica(process, new Gateway("http://127.0.0.1:" + port, folder));
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> !process.process().isAlive() || replica.isReady());
            assertThat(process.process().isAlive()).as(process.output()).isTrue();
        } catch (RuntimeException | AssertionError e) {
            process.close();
            throw e;
        }
        return replica;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An access token for everything. */
    String token(String subject) {
        return token(subject, String.join(" ", Scope.all()));
    }

    /** An access token with these scopes, for all slots. */
    String token(String subject, String scopes) {
        long now = Instant.now().getEpochSecond();
        return issuer.sign(
                "ES256",
                Map.of("alg", "ES256", "typ", "at+jwt", "kid", TestIssuer.keyId("ES256")),
                Map.of(
                        "iss",
                        issuer.url(),
                        "aud",
                        "slotgate",
                        "sub",
                        subject,
                        "jti",
                        UUID.randomUUID().toString(),
                        "scope",
                        scopes,
                        "slots",
                        "*",
                        "iat",
                        now,
                        "exp",
                        now + 3_000));
    }

    /** A gateway that runs. */
    record Replica(LaunchedGateway process, Gateway gateway) implements AutoCloseable {

        private boolean isReady() throws Exception {
            try {
                return gateway.get("/actuator/health/readiness").status() == 200;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            process.close();
        }
    }

    @Override
    public void close() {
        issuer.close();
    }
}
