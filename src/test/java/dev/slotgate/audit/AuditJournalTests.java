package dev.slotgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditJournalTests {

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    Path folder;

    private TestJournal journal;

    @BeforeEach
    void open() {
        journal = new TestJournal(folder);
    }

    @Test
    void aRecordIsOneLineOfJson() {
        AuditTrail trail = TestJournal.trail("request-1");
        trail.key("aa");
        trail.algorithm("ES256");
        trail.problem("slot-busy", "CKR_SESSION_COUNT");
        journal.journal().record(trail.finish(503));

        JsonNode line = JSON.readTree(journal.lines().get(1));
        assertThat(line.propertyNames()).startsWith("instance", "sequence", "previous", "kind", "time", "requestId");
        assertThat(line.get("sequence").asLong()).isEqualTo(2);
        assertThat(line.get("kind").asString()).isEqualTo("call");
        assertThat(line.get("subject").asString()).isEqualTo("me");
        assertThat(line.get("client").asString()).isEqualTo("billing");
        assertThat(line.get("tokenId").asString()).isEqualTo("token-1");
        assertThat(line.get("action").asString()).isEqualTo("crypto.sign");
        assertThat(line.get("slot").asInt()).isZero();
        assertThat(line.get("key").asString()).isEqualTo("aa");
        assertThat(line.get("algorithm").asString()).isEqualTo("ES256");
        assertThat(line.get("outcome").asString()).isEqualTo("failed");
        assertThat(line.get("problem").asString()).isEqualTo("slot-busy");
        assertThat(line.get("ckr").asString()).isEqualTo("CKR_SESSION_COUNT");
    }

    @Test
    void recordsThatAreAddedAreWrittenTogetherWhenTheLastIsWaitedFor() {
        var flushes = new AtomicInteger();
        journal.journal().file().whenFlushed(_ -> flushes.incrementAndGet());
        List<Receipt> receipts = IntStream.range(0, 200)
                .mapToObj(i ->
                        journal.journal().add(TestJournal.trail("request-" + i).finish(200)))
                .toList();
        receipts.forEach(Receipt::await);
        assertThat(journal.lines()).hasSize(201);
        // Now and then a machine is slow.
        assertThat(flushes.get()).isBetween(1, 50);
    }

    @Test
    void aRecordThatIsAddedAndNotWaitedForIsWrittenAMomentLater() {
        for (int i = 1; i <= 5; i++) {
            int lines = i + 1;
            journal.journal().add(TestJournal.trail("request").finish(200));
            await().untilAsserted(() -> assertThat(journal.lines()).hasSize(lines));
        }
    }

    @Test
    void whateverACallerSendsIsAsciiOnOneLine() {
        String forged = "a\r\n{\"forged\":true}\u001b[2J\u009b31m\u2028\u202e\ud83d";
        var trail = new AuditTrail("request-2", "127.0.0.1");
        trail.by(forged, forged, List.of(forged), forged);
        trail.key(forged);
        trail.algorithm(forged);
        trail.slot(forged);
        journal.journal().record(trail.finish(404));

        assertThat(journal.lines()).hasSize(2);
        assertThat(journal.lines().get(1)).matches("[\\x20-\\x7e]+");
        assertThat(JSON.readTree(journal.lines().get(1)).get("key").asString()).startsWith("a\r\n{\"forged\"");
    }

    @Test
    void eachLineHoldsTheHashOfTheOneBeforeAlsoOverFilesAndRestarts() throws Exception {
        journal = new TestJournal(folder.resolve("small"), 2_000);
        for (int i = 0; i < 20; i++) {
            journal.call("request-" + i);
            if (i % 7 == 0) {
                journal.restart();
            }
        }

        assertThat(Segments.in(journal.home().folder())).hasSizeGreaterThan(3);
        assertThat(journal.verdict().firstBad()).isNull();
        assertThat(journal.verdict().records()).isEqualTo(20 + 4);
    }

    @Test
    void whatManyRecordAtOnceIsThereInOrderWithoutGaps() throws Exception {
        List<Thread> callers = IntStream.range(0, 16)
                .mapToObj(caller -> Thread.startVirtualThread(() -> {
                    for (int i = 0; i < 50; i++) {
                        journal.call("request-" + caller + "-" + i);
                    }
                }))
                .toList();
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(journal.lines()).hasSize(801);
        assertThat(journal.verdict().firstBad()).isNull();
    }

    @Test
    void whatACrashLeftOfALineIsCutOff() throws Exception {
        journal.call("request-1");
        Path segment = Segments.in(journal.home().folder()).getLast();
        Files.writeString(segment, "{\"instance\":\"0123", StandardOpenOption.APPEND);

        journal.restart();
        journal.call("request-2");

        assertThat(journal.lines()).hasSize(4);
        assertThat(JSON.readTree(journal.lines().get(2)).get("torn").asInt()).isEqualTo(17);
        assertThat(journal.verdict().firstBad()).isNull();
    }

    @Test
    void aCrashRightAfterAFileWasBegunLosesNothing() throws Exception {
        journal.call("request-1");
        journal.journal().close();
        Files.createFile(Segments.beginningWith(journal.home().folder(), 3));

        journal.restart();
        journal.call("request-2");

        assertThat(journal.lines()).hasSize(4);
        assertThat(journal.verdict().firstBad()).isNull();
    }

    @Test
    void aLastLineThatIsNoneKeepsTheGatewayFromGoingOn() throws Exception {
        journal.call("request-1");
        Files.writeString(Segments.in(journal.home().folder()).getLast(), "x\n", StandardOpenOption.APPEND);

        assertThatExceptionOfType(JournalUnusable.class).isThrownBy(() -> new TestJournal(folder));
    }

    @Test
    void onlyTheOwnerReadsIt() throws Exception {
        journal.call("request-1");

        assertThat(Files.getPosixFilePermissions(
                        Segments.in(journal.home().folder()).getFirst()))
                .hasToString("[OWNER_READ, OWNER_WRITE]");
    }

    @Test
    void theOutcomeFollowsTheStatus() {
        var trail = new AuditTrail("request-3", "127.0.0.1");
        assertThat(trail.finish(201).outcome()).isEqualTo(AuditRecord.Outcome.SUCCESS);
        assertThat(trail.finish(403).outcome()).isEqualTo(AuditRecord.Outcome.REFUSED);
        assertThat(trail.finish(500).outcome()).isEqualTo(AuditRecord.Outcome.FAILED);
    }
}
