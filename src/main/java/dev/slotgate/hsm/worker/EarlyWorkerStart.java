package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.Isolation;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the first module's worker before the gateway is put together, when the configuration has it run in one. */
final class EarlyWorkerStart implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String MODULE = "slotgate.modules[0].";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (!(context instanceof WebServerApplicationContext)) {
            // A command that only has the gateway's configuration.
            return;
        }
        Binder settings = Binder.get(context.getEnvironment());
        // Whatever is wrong with them is told when all of them are bound.
        String isolation = settings.bind(MODULE + "isolation", String.class).orElse("process");
        if (settings.bind(MODULE + "library", String.class).isBound()
                && isolation.equalsIgnoreCase(Isolation.PROCESS.name())) {
            context.getBeanFactory().registerSingleton("earlyWorker", new EarlyWorker());
        }
    }
}
