package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.ModuleHome;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.SlotPins;
import dev.slotgate.hsm.SlotWatcher;
import dev.slotgate.hsm.pkcs11.Pkcs11Loader;
import dev.slotgate.hsm.pkcs11.ProcessMemory;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * A worker: a process that holds one PKCS#11 module for the gateway that started it, and ends when that is gone. It may be
 * killed at any time. PINs come over the socket only.
 */
public final class WorkerMain {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** An early one waits for the gateway to be put together. */
    private static final Duration UNTIL_GREETED = Duration.ofMinutes(1);

    private static final Duration LAST_CALLS = Duration.ofSeconds(3);

    private WorkerMain() {}

    /** @param arguments the path of the gateway's socket */
    public static void main(String[] arguments) {
        ProcessMemory.hide();
        try {
            serve(Path.of(arguments[0]));
        } catch (IOException | WireException e) {
            // The gateway has gone, or is another one; it tells that itself.
            Runtime.getRuntime().halt(1);
        }
    }

    private static void serve(Path socket) throws IOException {
        SocketChannel channel = connected(socket);
        Pkcs11Loader.warmUp();
        var gateway = new CompletableFuture<Link>();
        PortOperations.Caller caller = (call, values) -> gateway.join().call(call.operation(), values, PATIENCE);
        SlotWatcher watcher = PortOperations.remote(SlotWatcher.class, caller);
        var home = new ModuleHome(
                PortOperations.remote(SlotPins.class, caller),
                PortOperations.remote(PinLatch.class, caller),
                (slot, token) -> Thread.startVirtualThread(() -> watcher.becameReady(slot, token)));
        var calls = new CallThreads();
        Link link = Link.start("the gateway", channel, new WorkerServer(home).handlers(calls), UNTIL_GREETED);
        gateway.complete(link);
        // A signal to the gateway often goes to all its processes; it still needs its workers to stop in good order.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> link.lost().join()));
        link.lost().join();
        // Half a change may break a token, so calls that run come to an end; one that hangs must not keep the process.
        calls.awaitEnd(LAST_CALLS);
        Runtime.getRuntime().halt(0);
    }

    private static SocketChannel connected(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Path folder = Objects.requireNonNull(socket.getParent(), "the gateway makes a folder for it");
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } finally {
            // The gateway does so as well, unless it has refused to start meanwhile.
            Files.deleteIfExists(socket);
            Files.deleteIfExists(folder);
        }
    }
}
