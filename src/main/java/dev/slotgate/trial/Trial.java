package dev.slotgate.trial;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinSource;
import dev.slotgate.hsm.ReservedToken;
import java.util.Optional;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.env.Environment;

/** What exists in the trial set-up only, which each start decides. */
final class Trial implements BeanRegistrar {

    /** The user PIN of every trial token, known to everybody. */
    static final String USER_PIN = "98765432";

    @Override
    public void register(BeanRegistry registry, Environment settings) {
        if (settings.getProperty("slotgate.trial", Boolean.class, false)) {
            String module = settings.getProperty("slotgate.modules[0].name", "default");
            registry.registerBean(
                    "secretFiles",
                    SecretFiles.class,
                    bean -> bean.supplier(beans ->
                            new SecretFiles(beans.bean(TrialSettings.class).data())));
            registry.registerBean(
                    "auditToken",
                    ReservedToken.class,
                    bean -> bean.supplier(beans -> new ReservedToken(
                            module,
                            null,
                            TrialTokens.AUDIT_TOKEN,
                            beans.bean(SecretFiles.class).path(TrialTokens.AUDIT_PIN))));
            registry.registerBean(
                    "trialPin",
                    PinSource.class,
                    bean -> bean.supplier(_ -> _ -> Optional.of(new Pin(USER_PIN.toCharArray()))));
            registry.registerBean("trialTokens", TrialTokens.class);
            registry.registerBean("greeting", Greeting.class);
            if (settings.getProperty("slotgate.security.issuer", "").isEmpty()) {
                registry.register(new TrialIssuer());
            }
        }
    }
}
