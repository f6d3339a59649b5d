package dev.slotgate.trial;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinSource;
import dev.slotgate.hsm.ReservedToken;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the trial's tokens. */
@OnTrial
@Configuration(proxyBeanMethods = false)
class TrialConfiguration {

    /** The user PIN of every trial token, known to everybody. */
    static final String USER_PIN = "98765432";

    @Bean
    SecretFiles secretFiles(TrialSettings settings) {
        return new SecretFiles(settings.data());
    }

    @Bean
    ReservedToken auditToken(SecretFiles files, @Value("${slotgate.modules[0].name:default}") String module) {
        return new ReservedToken(module, null, TrialTokens.AUDIT_TOKEN, files.path(TrialTokens.AUDIT_PIN));
    }

    @Bean
    PinSource trialPin() {
        return _ -> Optional.of(new Pin(USER_PIN.toCharArray()));
    }
}
