package dev.slotgate.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.PublicKey;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Verifies the journal of this gateway while it is being written. */
public final class JournalAuditor {

    private final JournalHome home;
    private final AuditJournal journal;
    private final AuditBlocks blocks;
    private final ReentrantLock turn = new ReentrantLock();

    JournalAuditor(JournalHome home, AuditJournal journal, AuditBlocks blocks) {
        this.home = home;
        this.journal = journal;
        this.blocks = blocks;
    }

    /** One at a time, since it takes the processor and memory. @throws UncheckedIOException when its files cannot be read */
    public Verdict verify(Verdict.Period period) {
        turn.lock();
        try {
            List<PublicKey> keys = Files.exists(home.publicKeys()) ? PublicKeyFile.read(home.publicKeys()) : List.of();
            RecordedLines known = blocks.known();
            return JournalVerification.online(
                    home.folder(), keys, period, known, journal.tip().sequence());
        } catch (IOException e) {
            throw new UncheckedIOException("the journal's files cannot be read", e);
        } finally {
            turn.unlock();
        }
    }
}
