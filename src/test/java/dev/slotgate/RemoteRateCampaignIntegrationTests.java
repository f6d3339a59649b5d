package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How often PKCS#11 applications sign with P-256 through the socket of a gateway that {@code ./slotgate run} started and that is
 * warm, and through p11-kit's own server in front of the same SoftHSM, by turns. The gateway has every signature in its journal, on
 * the disk, before it is answered: few clients wait for the disk, many share the wait. What that costs anybody shows p11-kit's
 * server in front of a module that keeps such records itself.
 */
class RemoteRateCampaignIntegrationTests {

    private static final Path SOURCES = Path.of("src/test/c/rate");
    private static final int WARM_UP_SECONDS = 60;
    private static final int ROUNDS = 3;
    private static final int SECONDS = 5;
    private static final int[] CLIENTS = {1, 8, 32};

    /** Of p11-kit's rate, with the most clients; both cores are busy then, and a journal costs what it costs. */
    private static final double OF_MANY = 0.3;

    /** Of the rate of p11-kit's server when it keeps a record of each signature, too. */
    private static final double OF_MANY_RECORDED = 0.6;

    @TempDir
    Path data;

    @TempDir
    Path folder;

    private final List<Process> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(Process::destroy);
    }

    @Test
    @EnabledIfSystemProperty(
            named = "slotgate.campaign",
            matches = "full",
            disabledReason = "a short measurement says nothing: ./slotgate campaign")
    void applicationsSignThroughTheGatewayAndThroughP11KitsServer() throws Exception {
        RemoteTools.require("p11-kit", "p11-kit");
        Path rate = CCompiler.program(folder.resolve("rate"), SOURCES.resolve("rate.c"));
        Path recording = CCompiler.library(folder.resolve("recorded.so"), List.of(SOURCES.resolve("recorded.c")));
        try (LaunchedGateway gateway = LaunchedGateway.start(data, Map.of()).awaitReady()) {
            new Gateway(gateway.url(), data)
                    .as("", "*")
                    .post("/slots/7/keys", "{'type':'EC','curve':'P-256','label':'rate','usage':['sign']}");
            RemoteTools ours = RemoteTools.onSocket(folder, data);
            List<RemoteTools> all = List.of(ours, serve("plain", SoftHsm.library()), serve("recording", recording));
            signatures(ours, rate, CLIENTS[CLIENTS.length - 1], WARM_UP_SECONDS);
            double share = 0;
            double shareOfRecorded = 0;
            for (int clients : CLIENTS) {
                List<Double> rates = rates(all, rate, clients);
                share = rates.get(0) / rates.get(1);
                shareOfRecorded = rates.get(0) / rates.get(2);
                Campaign.report(
                        "remote-rate",
                        "%d clients: %.0f signatures/s, p11-kit server %.0f, with a record of each on the disk %.0f"
                                .formatted(clients, rates.get(0), rates.get(1), rates.get(2)));
            }
            assertThat(share).isGreaterThan(OF_MANY);
            assertThat(shareOfRecorded).isGreaterThan(OF_MANY_RECORDED);
        }
    }

    /** The median rate of each, by turns. */
    private static List<Double> rates(List<RemoteTools> all, Path rate, int clients) throws Exception {
        List<List<Double>> measured =
                all.stream().<List<Double>>map(_ -> new ArrayList<>()).toList();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < all.size(); i++) {
                measured.get(i).add(signatures(all.get(i), rate, clients, SECONDS));
            }
        }
        return measured.stream()
                .map(each -> each.stream().sorted().toList().get(ROUNDS / 2))
                .toList();
    }

    private static double signatures(RemoteTools tools, Path rate, int clients, int seconds) throws Exception {
        String printed =
                tools.shell("%s $MODULE slot-7 98765432 %d %d 2>/dev/null || true".formatted(rate, clients, seconds));
        return Double.parseDouble(printed.substring(0, printed.indexOf(' ')));
    }

    /** Starts p11-kit's server with a module on the tokens of the trial. */
    private RemoteTools serve(String name, Path module) throws Exception {
        Path socket = folder.resolve(name + ".sock");
        var builder = new ProcessBuilder(
                        "p11-kit", "server", "-f", "--provider", module.toString(), "-n", socket.toString(), "pkcs11:")
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"));
        builder.environment()
                .putAll(Map.of(
                        "SOFTHSM2_CONF", data.resolve("softhsm2.conf").toString(),
                        "RECORDED_TARGET", SoftHsm.library().toString(),
                        "RECORDED_FILE", folder.resolve("records").toString()));
        servers.add(builder.start());
        for (int i = 0; i < 100 && !Files.exists(socket); i++) {
            Thread.sleep(50);
        }
        return new RemoteTools(folder, "unix:path=" + socket);
    }
}
