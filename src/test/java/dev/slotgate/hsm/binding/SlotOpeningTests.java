package dev.slotgate.hsm.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.slotgate.hsm.HsmModule;
import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.Limits;
import dev.slotgate.hsm.ModuleHome;
import dev.slotgate.hsm.ModuleLoader;
import dev.slotgate.hsm.ModuleSpec;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.PresentToken;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotPins;
import dev.slotgate.hsm.StartRefused;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.trace.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlotOpeningTests {

    private static final SlotId SLOT = new SlotId(0);
    private static final TokenIdentity TOKEN = new TokenIdentity("soft", "1", "a");

    private final HsmModule module = mock(HsmModule.class);
    private final SlotReadiness readiness = new SlotReadiness();
    private final SlotHost host = host();
    private final CountDownLatch go = new CountDownLatch(1);

    @Test
    void whoAsksForSlotsWaitsUntilTheyAreBound() throws Exception {
        when(module.tokens()).thenReturn(List.of(new PresentToken(TOKEN, true, true)));
        var opening = new SlotOpening(host, readiness, () -> {
            await();
            host.bind(null, _ -> Map.of(TOKEN, SLOT));
        });
        CompletableFuture<Set<SlotId>> asked =
                CompletableFuture.supplyAsync(() -> host.slots().ids());

        assertThat(asked).isNotDone();
        go.countDown();

        assertThat(asked.get(10, TimeUnit.SECONDS)).containsExactly(SLOT);
        opening.finish(List.of());
    }

    @Test
    void whyThereAreNoneIsToldToTheStartAndToWhoWaits() {
        var opening = new SlotOpening(host, readiness, () -> {
            throw new StartRefused("no such library");
        });

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> opening.finish(List.of()))
                .withMessage("no such library");
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> host.slots().ids())
                .withCauseInstanceOf(StartRefused.class);
    }

    @Test
    void nobodyWaitsForEverWhenItBreaksDown() {
        var opening = new SlotOpening(host, readiness, () -> {
            throw new NoClassDefFoundError("gone");
        });

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> opening.finish(List.of()))
                .withRootCauseInstanceOf(NoClassDefFoundError.class);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> host.slots().ids());
    }

    @Test
    void whoWatchesIsToldOnceOfASlotThatWasReadyBefore() throws InterruptedException {
        var told = new LinkedBlockingQueue<SlotId>();
        var opening = new SlotOpening(host, readiness, () -> readiness.becameReady(SLOT, TOKEN));

        opening.finish(List.of((slot, _) -> told.add(slot)));

        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(SLOT);
        assertThat(told.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void modulesAreNotUnloadedUnderIt() throws Exception {
        var opening = new SlotOpening(host, readiness, this::await);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(opening::close);

        Thread.sleep(100);
        verify(module, never()).close();
        go.countDown();
        closed.get(10, TimeUnit.SECONDS);

        verify(module).close();
    }

    private void await() {
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SlotHost host() {
        var soft = new HsmSettings.Module("soft", Path.of("soft.so"), null, Isolation.PROCESS, 1);
        return SlotHost.open(
                new HsmSettings(false, List.of(soft), List.of(), Limits.Overrides.NONE),
                Map.of(),
                List.of(new ModuleLoader() {
                    @Override
                    public Isolation isolation() {
                        return Isolation.PROCESS;
                    }

                    @Override
                    public HsmModule load(ModuleSpec spec, ModuleHome home) {
                        return module;
                    }
                }),
                new ModuleHome(mock(SlotPins.class), mock(PinLatch.class), readiness),
                new TokenCalls(new SimpleMeterRegistry(), Traces.OFF));
    }
}
