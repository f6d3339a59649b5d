package dev.slotgate.audit;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.util.unit.DataSize;

/** A journal that nothing is written into: what the real one costs is measured against it. */
public final class SilentJournal extends AuditJournal {

    private SilentJournal(JournalFile file, Reserve reserve) {
        super(file, new GroupCommit(file, reserve, Duration.ofSeconds(1)), InstantSource.system());
    }

    @Override
    public void requireOpen() {
        // It always is.
    }

    @Override
    Receipt write(Object content) {
        return Receipt.NOTHING;
    }

    @Override
    public void close() {
        // Nothing was begun.
    }

    /** Puts it in the real one's place. */
    public static class Instead {

        @Bean
        static BeanPostProcessor silence() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (!(bean instanceof AuditJournal real)) {
                        return bean;
                    }
                    real.close();
                    var home =
                            new JournalHome(Path.of("target", "silent-journal"), TestJournal.INSTANCE, Path.of("none"));
                    return new SilentJournal(
                            JournalFile.open(home, 1 << 20),
                            new Reserve(home.folder(), DataSize.ofKilobytes(1).toBytes()));
                }
            };
        }
    }
}
