package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.Certificates;
import dev.slotgate.hsm.KeyCrypto;
import dev.slotgate.hsm.KeyWrapping;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.MacStreams;
import dev.slotgate.hsm.ModuleHome;
import dev.slotgate.hsm.ModuleLoader;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.PinSource;
import dev.slotgate.hsm.PinStore;
import dev.slotgate.hsm.ReservedToken;
import dev.slotgate.hsm.Signer;
import dev.slotgate.hsm.SlotBindings;
import dev.slotgate.hsm.SlotPins;
import dev.slotgate.hsm.SlotWatcher;
import dev.slotgate.hsm.TokenPins;
import dev.slotgate.hsm.TokenSetup;
import dev.slotgate.hsm.UserLogins;
import dev.slotgate.hsm.VerifiedSigner;
import dev.slotgate.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the port: modules are loaded, tokens prepared, slots bound, in this order. */
@Configuration(proxyBeanMethods = false)
class BindingConfiguration {

    @Bean
    SlotPins slotPins(
            HsmSettings settings,
            AuditTokenSettings auditToken,
            ObjectProvider<ReservedToken> trials,
            ObjectProvider<PinSource> seeds,
            PinStore store) {
        return SlotHost.pins(
                settings, reserved(auditToken, trials), seeds.getIfAvailable(() -> _ -> Optional.empty()), store);
    }

    @Bean
    TokenCalls tokenCalls(MeterRegistry meters, Traces traces) {
        return new TokenCalls(meters, traces);
    }

    @Bean
    SlotOpening slotOpening(
            HsmSettings settings,
            AuditTokenSettings auditToken,
            ObjectProvider<ReservedToken> trials,
            List<ModuleLoader> loaders,
            List<TokenSetup> setups,
            SlotPins pins,
            PinLatch latch,
            SlotBindings bindings,
            TokenCalls calls) {
        var environment = new HashMap<String, String>();
        setups.forEach(setup -> environment.putAll(setup.environment()));
        var readiness = new SlotReadiness();
        var home = new ModuleHome(pins, latch, readiness);
        var host = SlotHost.open(settings, environment, loaders, home, calls);
        ReservedToken reserved = reserved(auditToken, trials);
        return new SlotOpening(host, readiness, () -> {
            setups.forEach(setup -> setup.prepare(host.tokens()));
            host.bind(reserved, bindings);
            host.start();
        });
    }

    /** The opening closes it. */
    @Bean(destroyMethod = "")
    SlotHost slotHost(SlotOpening opening) {
        return opening.host();
    }

    private static @Nullable ReservedToken reserved(
            AuditTokenSettings configured, ObjectProvider<ReservedToken> trials) {
        return configured.token().orElseGet(trials::getIfAvailable);
    }

    /** The start ends with slots that are open; whoever watches them is there by then. */
    @Bean
    SmartInitializingSingleton slotsOpened(SlotOpening opening, ObjectProvider<SlotWatcher> watchers) {
        return () -> opening.finish(watchers.orderedStream().toList());
    }

    @Bean
    RoutedSlots routedSlots(SlotHost host) {
        return host.slots();
    }

    @Bean
    Keys keys(SlotHost host) {
        return host.keys();
    }

    @Bean
    KeyWrapping keyWrapping(SlotHost host) {
        return host.wrapping();
    }

    @Bean
    Certificates certificates(SlotHost host) {
        return host.certificates();
    }

    @Bean
    Signer signer(SlotHost host) {
        return host.signer();
    }

    @Bean
    VerifiedSigner verifiedSigner(Signer signer, CryptoSettings settings, MeterRegistry meters) {
        return new CheckedSigner(signer, settings, meters);
    }

    @Bean
    KeyCrypto keyCrypto(SlotHost host) {
        return host.crypto();
    }

    @Bean
    MacStreams macStreams(SlotHost host) {
        return host.macStreams();
    }

    @Bean
    UserLogins userLogins(SlotHost host) {
        return host.logins();
    }

    @Bean
    TokenPins tokenPins(SlotHost host) {
        return host.pins();
    }
}
