package dev.slotgate.audit;

import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Opens the journal, and has it followed and signed. */
@Configuration(proxyBeanMethods = false)
@Import(EcsFollower.class)
class AuditConfiguration {

    @Bean
    AuditJournal auditJournal(JournalHome home, AuditSettings settings) {
        return AuditJournal.open(home, settings, InstantSource.system());
    }

    @Bean
    Refusals refusals(AuditJournal journal) {
        return new Refusals(journal, InstantSource.system());
    }

    @Bean
    AuditBlocks auditBlocks(JdbcTemplate database, TransactionTemplate transactions, JournalHome home) {
        return new AuditBlocks(database, transactions, home.instance());
    }

    @Bean(initMethod = "start")
    JournalFollower databaseFollower(JournalHome home, AuditJournal journal, AuditBlocks blocks) {
        return new JournalFollower(home, journal, blocks);
    }

    @Bean
    Checkpoints checkpoints(JournalHome home, AuditJournal journal, CheckpointKey key, AuditSettings settings) {
        return new Checkpoints(home, journal, key, settings, InstantSource.system());
    }

    /** @param followers which are closed after it, since it writes until then */
    @Bean(initMethod = "start")
    JournalClock journalClock(Checkpoints checkpoints, Refusals refusals, List<JournalFollower> followers) {
        return new JournalClock(checkpoints, refusals);
    }

    @Bean
    JournalMetrics journalMetrics(AuditJournal journal, Checkpoints checkpoints, List<JournalFollower> followers) {
        return new JournalMetrics(journal, checkpoints, followers);
    }

    @Bean
    AuditQuery auditQuery(JdbcClient database) {
        return new AuditQuery(database);
    }

    @Bean
    JournalAuditor journalAuditor(JournalHome home, AuditJournal journal, AuditBlocks blocks) {
        return new JournalAuditor(home, journal, blocks);
    }
}
