package dev.slotgate.bench.least;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slotgate.hsm.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** Lines as long as the gateway's, chained by their hashes; those that come within 0.3 ms go to the disk together. */
final class LeastJournal {

    private static final Duration GATHERING = Duration.ofNanos(300_000);
    private static final int MOST_BYTES = 1 << 20;
    private static final String CALLER = "\"subject\":\"slotgate-admin\",\"client\":\"slotgate-admin\",\"scopes\":"
            + "[\"audit.read\",\"crypto.public\",\"crypto.use\",\"keys.destroy\",\"keys.export\",\"keys.grant\",\"keys.read\","
            + "\"keys.write\",\"metrics.read\",\"pins.escrow\",\"pins.so\",\"pins.user\",\"slots.admin\",\"slots.read\"],"
            + "\"tokenId\":\"" + UUID.randomUUID() + "\",\"source\":\"127.0.0.1\",\"action\":\"crypto.sign\"";

    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final FileChannel file;
    private final MessageDigest sha256 = Hash.SHA_256.begin();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MOST_BYTES);
    private byte[] previous = new byte[sha256.getDigestLength()];
    private long sequence;

    LeastJournal(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.WRITE);
        Thread.ofPlatform().daemon().name("journal").start(this::run);
    }

    /** Done when the record is on the disk. */
    Future<?> record(int slot, LeastController.Use use) {
        String line = "\"kind\":\"call\",\"time\":\"" + Instant.now() + "\",\"requestId\":\""
                + Long.toHexString(System.nanoTime())
                + "\"," + CALLER + ",\"slot\":" + slot + ",\"key\":\"" + use.key() + "\",\"algorithm\":\""
                + use.algorithm()
                + "\",\"outcome\":\"ok\",\"status\":200,\"micros\":1234}\n";
        var done = new CompletableFuture<Void>();
        queue.add(new Entry(line, done));
        return done;
    }

    private void run() {
        var group = new ArrayList<Entry>();
        try {
            while (true) {
                group.add(queue.take());
                LockSupport.parkNanos(GATHERING.toNanos());
                queue.drainTo(group);
                write(group);
                group.forEach(entry -> entry.done.complete(null));
                group.clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<Entry> group) throws IOException {
        for (Entry entry : group) {
            String chained = "{\"sequence\":" + sequence++ + ",\"previous\":\""
                    + HexFormat.of().formatHex(previous) + "\"," + entry.line;
            byte[] line = chained.getBytes(UTF_8);
            previous = sha256.digest(line);
            buffer.put(line);
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
        file.force(false);
    }

    private record Entry(String line, CompletableFuture<Void> done) {}
}
