package dev.slotgate.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * What it was measured on.
 *
 * @param flushMicros how long a record takes to be on the disk that the journals are on
 */
record Machine(String processor, int cores, String system, String java, long flushMicros) {

    private static final int RECORD = 512;
    private static final int FLUSHES = 51;

    static Machine here(Path folder) throws IOException {
        String processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
        return new Machine(
                processor,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.version"),
                flushMicros(folder));
    }

    private static long flushMicros(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, "flush", "");
        try (FileChannel file = FileChannel.open(probe, StandardOpenOption.WRITE)) {
            long[] micros = new long[FLUSHES];
            for (int i = 0; i < FLUSHES; i++) {
                long start = System.nanoTime();
                file.write(ByteBuffer.allocate(RECORD));
                file.force(false);
                micros[i] = (System.nanoTime() - start) / 1000;
            }
            Arrays.sort(micros);
            return micros[FLUSHES / 2];
        } finally {
            Files.delete(probe);
        }
    }
}
