package dev.slotgate.state;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes the data folder into possession, then opens what is in it. */
@Configuration(proxyBeanMethods = false)
class StateConfiguration {

    @Bean
    InstanceId instanceId(StateSettings settings) {
        return InstanceId.in(settings.data());
    }

    /** Made when the folder is ours, so that no two gateways make it. */
    @Bean
    @DependsOn("instanceId")
    MasterKey masterKey(StateSettings settings, JdbcClient database) {
        MasterKey key = MasterKey.readOrMake(settings.masterKey());
        new MasterKeyRecord(database).check(key);
        return key;
    }

    @Bean
    TransactionTemplate transaction(PlatformTransactionManager manager) {
        return new TransactionTemplate(manager);
    }

    @Bean
    PendingChanges pendingChanges(JdbcClient database, InstanceId instance) {
        return new PendingChanges(database, instance, InstantSource.system());
    }
}
