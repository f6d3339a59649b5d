package dev.slotgate.trial;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinSource;
import java.util.Optional;
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
    PinSource trialPin() {
        return _ -> Optional.of(new Pin(USER_PIN.toCharArray()));
    }
}
