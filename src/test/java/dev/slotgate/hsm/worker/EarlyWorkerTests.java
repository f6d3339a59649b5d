package dev.slotgate.hsm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slotgate.hsm.HsmModule;
import dev.slotgate.hsm.ModuleHome;
import dev.slotgate.hsm.ModuleSpec;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.SlotPins;
import dev.slotgate.hsm.StartRefused;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

@Timeout(120)
class EarlyWorkerTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LIBRARY = "slotgate.modules[0].library";
    private static final String ISOLATION = "slotgate.modules[0].isolation";

    @Test
    void aModuleThatSaysNothingOfItsIsolationGetsOne() throws Exception {
        EarlyWorker early = started(Map.of(LIBRARY, "libmodule.so")).getBean(EarlyWorker.class);

        CompletableFuture<NewWorker> taken = early.take().orElseThrow();
        Process process = taken.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).process();
        assertThat(process.isAlive()).isTrue();
        assertThat(early.take()).as("it is there once").isEmpty();

        // As when the gateway ends before it has greeted it.
        taken.get().channel().close();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void noneStartsForAModuleInTheGatewaysOwnProcessNorWithoutAModule() {
        assertThat(started(Map.of(LIBRARY, "libmodule.so", ISOLATION, "in-process"))
                        .containsSingleton("earlyWorker"))
                .isFalse();
        assertThat(started(Map.of()).containsSingleton("earlyWorker")).isFalse();
    }

    @Test
    void noneStartsForACommandThatOnlyHasTheConfiguration() {
        assertThat(started(new GenericApplicationContext(), Map.of(LIBRARY, "libmodule.so"))
                        .containsSingleton("earlyWorker"))
                .isFalse();
    }

    @Test
    void theFirstModuleHasItForItsFirstWorker() throws Exception {
        var early = new EarlyWorker();
        CompletableFuture<NewWorker> coming = early.take().orElseThrow();
        var given = new CompletableFuture<Process>();
        var spec = new ModuleSpec("default", "/nowhere/libmodule.so", null, Map.of(), 1, false);
        HsmModule module = new WorkerModule(
                spec,
                new ModuleHome(none(SlotPins.class), none(PinLatch.class), (_, _) -> {}),
                coming.thenApply(worker -> {
                    given.complete(worker.process());
                    return worker;
                }));
        try {
            assertThatThrownBy(module::tokens).isInstanceOf(StartRefused.class);
            Process process = given.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            await("one whose module cannot be loaded ends").atMost(PATIENCE).until(() -> !process.isAlive());
        } finally {
            module.close();
        }
    }

    private static ConfigurableListableBeanFactory started(Map<String, Object> settings) {
        return started(new ServletWebServerApplicationContext(), settings);
    }

    private static ConfigurableListableBeanFactory started(
            GenericApplicationContext context, Map<String, Object> settings) {
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("settings", settings));
        new EarlyWorkerStart().initialize(context);
        return context.getBeanFactory();
    }

    private static <T> T none(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> {
            throw new AssertionError(method + " is not to be called");
        }));
    }
}
