package dev.slotgate.ops;

import dev.slotgate.audit.AuditJournal;
import dev.slotgate.audit.Checkpoints;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Out of service while the audit journal cannot be written, since no call is served then; checkpoints can wait. */
@Component("journal")
class JournalHealthIndicator implements HealthIndicator {

    private final AuditJournal journal;
    private final Checkpoints checkpoints;

    JournalHealthIndicator(AuditJournal journal, Checkpoints checkpoints) {
        this.journal = journal;
        this.checkpoints = checkpoints;
    }

    @Override
    public Health health() {
        return (journal.isOpen() ? Health.up() : Health.outOfService())
                .withDetail("checkpointOverdue", checkpoints.areOverdue())
                .build();
    }
}
