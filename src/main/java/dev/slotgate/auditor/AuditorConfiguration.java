package dev.slotgate.auditor;

import dev.slotgate.audit.JournalHome;
import dev.slotgate.state.InstanceId;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Says where the journal is. */
@Configuration(proxyBeanMethods = false)
class AuditorConfiguration {

    @Bean
    JournalHome journalHome(@Value("${slotgate.data}") Path data, InstanceId instance) {
        return new JournalHome(
                data.resolve("journal").resolve(instance.text()),
                instance.text(),
                data.resolve("audit-public-key.pem"));
    }
}
