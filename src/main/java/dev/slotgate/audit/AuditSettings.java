package dev.slotgate.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The audit journal.
 *
 * @param segmentSize how long a file of the journal gets before the next one is begun
 * @param reserve space on the disk that is kept for the records of calls in flight
 * @param patience how long a record may take to be on the disk; callers get 503 after that
 * @param checkpointInterval how often what was written is signed, when there is something new
 * @param checkpointRecords after how many records it is signed before that
 * @param output where records go beside the journal and the database: nowhere, or to standard output as ECS JSON
 */
@ConfigurationProperties("slotgate.audit")
public record AuditSettings(
        @DefaultValue("64MB") DataSize segmentSize,
        @DefaultValue("4MB") DataSize reserve,
        @DefaultValue("1500ms") Duration patience,
        @DefaultValue("60s") Duration checkpointInterval,
        @DefaultValue("1000") int checkpointRecords,
        @DefaultValue("none") Output output) {

    /** Where records go beside the journal and the database. */
    public enum Output {
        NONE,
        /** Standard output, as JSON of the Elastic Common Schema. */
        ECS
    }
}
