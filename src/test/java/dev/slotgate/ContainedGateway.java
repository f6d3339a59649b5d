package dev.slotgate;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** A trial gateway in a container that may do no more than it needs to. */
final class ContainedGateway implements AutoCloseable {

    private static final int PORT = 8080;
    private static final String DATA = "/var/lib/slotgate";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int SECONDS_TO_STOP = 30;

    private final GenericContainer<?> container;

    private ContainedGateway(GenericContainer<?> container) {
        this.container = container;
    }

    /**
     * Starts one and waits until it is ready.
     *
     * @param volume the name of the volume with its data
     * @param plan what else it is to be given
     */
    static ContainedGateway start(String volume, Map<String, String> environment, GenericContainer<?> plan) {
        plan.withExposedPorts(PORT)
                .withEnv(environment)
                .withCreateContainerCmdModifier(
                        command -> confine(Objects.requireNonNull(command.getHostConfig()), volume))
                .waitingFor(
                        Wait.forHttp("/actuator/health/readiness").forPort(PORT).withStartupTimeout(PATIENCE))
                .start();
        return new ContainedGateway(plan);
    }

    private static void confine(HostConfig host, String volume) {
        host.withReadonlyRootfs(true)
                .withTmpFs(Map.of("/tmp", "noexec"))
                .withCapDrop(Capability.ALL)
                .withBinds(new Bind(volume, new Volume(DATA), AccessMode.rw));
    }

    /** How its administrator calls it. */
    Gateway administrator(Path folder) throws Exception {
        Files.createDirectories(folder.resolve("clients"));
        container.copyFileFromContainer(
                DATA + "/clients/slotgate-admin",
                folder.resolve("clients/slotgate-admin").toString());
        String url = "http://" + container.getHost() + ":" + container.getMappedPort(PORT);
        return new Gateway(url, folder).as("", "*");
    }

    /** Stops it as an engine does, with SIGTERM. */
    Ended stop() {
        long start = System.nanoTime();
        var docker = container.getDockerClient();
        docker.stopContainerCmd(container.getContainerId())
                .withTimeout(SECONDS_TO_STOP)
                .exec();
        InspectContainerResponse ended =
                docker.inspectContainerCmd(container.getContainerId()).exec();
        return new Ended(
                Objects.requireNonNull(ended.getState().getExitCodeLong()),
                Duration.ofNanos(System.nanoTime() - start));
    }

    String output() {
        return container.getLogs();
    }

    String inside(String... command) throws Exception {
        return container.execInContainer(command).getStdout().strip();
    }

    @Override
    public void close() {
        container.stop();
    }

    /** How it came to its end. */
    record Ended(long exitCode, Duration after) {}
}
