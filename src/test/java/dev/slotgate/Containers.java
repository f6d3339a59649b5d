package dev.slotgate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The images of this project, built from the Dockerfile by the container engine of this machine. */
final class Containers {

    static final String TRIAL = "slotgate:trial";
    static final String GATEWAY = "slotgate:gateway";
    static final String DATABASE = "postgres:18";

    /** Why a test that needs them is skipped. */
    static final String NOT_USABLE = "no container engine answers, or it has no base images: "
            + "./slotgate test --containers starts one as root and gets them";

    private Containers() {}

    /** A condition of JUnit's. Where the base images are still being made, it waits for them. */
    static boolean areUsable() {
        succeeds("while [ -e target/stand-ins/unfinished ]; do sleep 1; done");
        return succeeds("docker image inspect eclipse-temurin:25-jdk eclipse-temurin:25-jre " + DATABASE);
    }

    /** Quick when nothing has changed since the last time. */
    static void build() throws Exception {
        shell("docker build -q --target trial -t " + TRIAL + " .");
        shell("docker build -q --target gateway -t " + GATEWAY + " .");
    }

    static boolean succeeds(String command) {
        try {
            Process process = new ProcessBuilder("sh", "-c", command + " >/dev/null 2>&1").start();
            return process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What the command prints. */
    static String shell(String command) throws Exception {
        return LaunchedGateway.shell(Path.of("."), Map.of(), command).strip();
    }
}
