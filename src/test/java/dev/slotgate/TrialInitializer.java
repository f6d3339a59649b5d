package dev.slotgate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.util.FileSystemUtils;

/** Sets up a trial in a temporary data folder. */
class TrialInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** The disk of a machine that runs many tests at once stands still now and then. */
    static final String AUDIT_PATIENCE = "20s";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Path data = temporaryFolder();
        TestPropertyValues.of(
                        "slotgate.trial=true",
                        "slotgate.data=" + data,
                        "slotgate.audit.patience=" + AUDIT_PATIENCE,
                        "slotgate.modules[0].library=" + SoftHsm.library())
                .applyTo(context);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(data)));
        context.addApplicationListener(event -> {
            if (event instanceof ContextClosedEvent) {
                delete(data);
            }
        });
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("slotgate-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
