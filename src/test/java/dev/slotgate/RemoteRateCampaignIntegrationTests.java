package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How often PKCS#11 applications sign with P-256 through the gateway's socket, and through p11-kit's own server in front of the same
 * SoftHSM. The gateway has every signature in its journal, on the disk, before it is answered: few clients wait for the disk, many
 * share the wait.
 */
class RemoteRateCampaignIntegrationTests extends AgainstTrialGateway {

    private static final int SECONDS = 10;
    private static final int[] CLIENTS = {1, 8, 32};

    /** Of p11-kit's rate, with the most clients; both cores are busy then, and a journal costs what it costs. */
    private static final double OF_MANY = 0.2;

    @TempDir
    Path folder;

    private @Nullable Process server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.destroy();
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "slotgate.campaign",
            matches = "full",
            disabledReason = "a short measurement says nothing: ./slotgate campaign")
    void applicationsSignThroughTheGatewayAndThroughP11KitsServer() throws Exception {
        RemoteTools.require("cc", "gcc libc6-dev");
        RemoteTools.require("p11-kit", "p11-kit");
        admin.post("/slots/7/keys", "{'type':'EC','curve':'P-256','label':'rate','usage':['sign']}");
        Path rate = folder.resolve("rate");
        RemoteTools gateway = RemoteTools.onSocket(folder, data);
        gateway.shell("cc -O2 -Wall -o %s %s -ldl"
                .formatted(rate, Path.of("src/test/c/rate/rate.c").toAbsolutePath()));
        RemoteTools other = new RemoteTools(folder, "unix:path=" + serve());
        double share = 0;
        for (int clients : CLIENTS) {
            double ours = signatures(gateway, rate, clients);
            double theirs = signatures(other, rate, clients);
            share = ours / theirs;
            Campaign.report(
                    "remote-rate",
                    "%d clients: %.0f signatures/s, p11-kit server %.0f".formatted(clients, ours, theirs));
        }
        assertThat(share).isGreaterThan(OF_MANY);
    }

    private double signatures(RemoteTools tools, Path rate, int clients) throws Exception {
        String printed =
                tools.shell("%s $MODULE slot-7 98765432 %d %d 2>/dev/null || true".formatted(rate, clients, SECONDS));
        return Double.parseDouble(printed.substring(0, printed.indexOf(' ')));
    }

    /** Starts p11-kit's server on the tokens of the trial. */
    private Path serve() throws Exception {
        Path socket = folder.resolve("p11-kit.sock");
        var builder = new ProcessBuilder(
                        "p11-kit",
                        "server",
                        "-f",
                        "--provider",
                        SoftHsm.library().toString(),
                        "-n",
                        socket.toString(),
                        "pkcs11:")
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"));
        builder.environment().put("SOFTHSM2_CONF", data.resolve("softhsm2.conf").toString());
        server = builder.start();
        for (int i = 0; i < 100 && !Files.exists(socket); i++) {
            Thread.sleep(50);
        }
        return socket;
    }
}
