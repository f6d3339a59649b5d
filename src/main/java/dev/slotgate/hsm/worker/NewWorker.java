package dev.slotgate.hsm.worker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A worker's process that has called back and waits to be greeted, which it does for a bounded time; it takes any module.
 *
 * @param channel connected to it
 */
record NewWorker(Process process, SocketChannel channel) {

    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(20);

    /**
     * Starts one.
     *
     * @param born is told of the process as soon as there is one
     * @throws IOException when it does not start, or does not call back in time
     */
    static NewWorker start(Consumer<Process> born) throws IOException {
        Path folder = Files.createTempDirectory(
                "slotgate-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path socket = folder.resolve("worker");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
            Process process = WorkerCommand.of(socket).start();
            born.accept(process);
            try {
                return new NewWorker(process, accept(listener, process));
            } catch (IOException | RuntimeException e) {
                process.destroyForcibly();
                throw e;
            }
        } finally {
            // Nobody else is to find the way in.
            Files.deleteIfExists(socket);
            Files.deleteIfExists(folder);
        }
    }

    private static SocketChannel accept(ServerSocketChannel listener, Process process) throws IOException {
        try {
            listener.configureBlocking(false);
            long end = System.nanoTime() + START.toNanos();
            while (process.isAlive() && System.nanoTime() < end) {
                SocketChannel channel = listener.accept();
                if (channel != null) {
                    return channel;
                }
                Thread.sleep(PAUSE);
            }
            throw new IOException("it does not call back");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the wait for it was interrupted", e);
        }
    }
}
