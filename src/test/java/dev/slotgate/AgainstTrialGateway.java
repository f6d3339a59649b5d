package dev.slotgate;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A test that calls a trial gateway in this process, as nobody and as the administrator. */
@GatewayTest
@SuppressWarnings("NullAway.Init") // Before each test.
abstract class AgainstTrialGateway {

    @LocalServerPort
    int port;

    @Value("${slotgate.data}")
    Path data;

    Gateway stranger;
    Gateway admin;

    @BeforeEach
    void logIn() throws Exception {
        stranger = new Gateway("http://127.0.0.1:" + port, data);
        admin = stranger.as("", "*");
    }
}
