package dev.slotgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class CheckpointsTests {

    @TempDir
    Path folder;

    private TestJournal journal;

    @BeforeEach
    void open() {
        journal = new TestJournal(folder);
    }

    @Test
    void aCheckpointVouchesForWhatCameBefore() {
        journal.call("request-1");
        journal.checkpoints().look();

        assertThat(journal.lines().getLast()).contains("\"kind\":\"checkpoint\"", "\"through\":2");
        assertThat(journal.verdict().signedThrough()).isEqualTo(2);
        assertThat(journal.verdict().firstBad()).isNull();
    }

    @Test
    void nothingNewIsNotSignedAgain() {
        journal.call("request-1");
        Checkpoints checkpoints = journal.checkpoints();
        checkpoints.look();
        checkpoints.look();

        assertThat(journal.lines()).hasSize(3);
    }

    @Test
    void theJournalGoesOnWhileTheTokenDoesNotSignAndThenIsSigned() throws Exception {
        var key = new FailingKey();
        var checkpoints = new Checkpoints(
                journal.home(),
                journal.journal(),
                key,
                new AuditSettings(
                        DataSize.ofMegabytes(1),
                        DataSize.ofKilobytes(64),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(10),
                        1,
                        AuditSettings.Output.NONE),
                InstantSource.system());
        journal.call("request-1");
        checkpoints.look();
        Thread.sleep(1_100);

        assertThat(checkpoints.areOverdue()).isTrue();
        journal.call("request-2");
        key.fails = false;
        checkpoints.look();

        assertThat(checkpoints.areOverdue()).isFalse();
        assertThat(journal.verdict().signedThrough()).isEqualTo(3);
    }

    @Test
    void theCommandSaysWhetherAJournalIsAsItWasWritten() throws Exception {
        journal.call("request-1");
        journal.checkpoints().look();
        var out = new ByteArrayOutputStream();

        int code = VerifyCommand.run(
                journal.home().folder(), journal.home().publicKeys(), new PrintStream(out), System.err);

        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("3 records", "signed up to 2", "valid");
    }

    @Test
    void theCommandTellsAFolderWithoutAJournal() {
        var err = new ByteArrayOutputStream();

        assertThat(VerifyCommand.run(folder, folder.resolve("none.pem"), System.out, new PrintStream(err)))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("holds no journal");
    }

    private static final class FailingKey implements CheckpointKey {

        private boolean fails = true;

        @Override
        public byte[] sign(byte[] digest) {
            if (fails) {
                throw new IllegalStateException("the token is away");
            }
            return TestJournal.key().sign(digest);
        }

        @Override
        public PublicKey publicKey() {
            return TestJournal.key().publicKey();
        }
    }
}
