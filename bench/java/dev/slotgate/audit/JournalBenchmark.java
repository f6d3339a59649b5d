package dev.slotgate.audit;

import dev.slotgate.bench.MicroBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.springframework.util.FileSystemUtils;

/** A call's record, given to the journal and waited for, on the disk that this folder is on. */
@SuppressWarnings("NullAway.Init") // Before it is measured.
public class JournalBenchmark extends MicroBenchmark {

    private static final int TOGETHER = 1000;
    private static final long SEGMENT_BYTES = 64L << 20;

    private Path folder;
    private AuditJournal journal;

    @Setup
    public void open() throws IOException {
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "journal");
        journal = new TestJournal(folder, SEGMENT_BYTES).journal();
    }

    @TearDown
    public void close() throws IOException {
        journal.close();
        FileSystemUtils.deleteRecursively(folder);
    }

    /** One of a thousand is waited for, so that the disk keeps up. */
    @Benchmark
    @OperationsPerInvocation(TOGETHER)
    public void append() {
        Receipt last = Receipt.NOTHING;
        for (int i = 0; i < TOGETHER; i++) {
            last = journal.append(TestJournal.trail("bench-0123456789").finish(200));
        }
        last.await();
    }

    @Benchmark
    public void appendAndAwait() {
        journal.record(TestJournal.trail("bench-0123456789").finish(200));
    }

    /** Many callers share a flush of the disk. */
    @Benchmark
    @Threads(16)
    public void appendAndAwaitInACrowd() {
        appendAndAwait();
    }
}
