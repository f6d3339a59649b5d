package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.PinSource;
import dev.slotgate.hsm.Signer;
import dev.slotgate.hsm.SlotBindings;
import dev.slotgate.hsm.SlotWatcher;
import dev.slotgate.hsm.TokenSetup;
import dev.slotgate.hsm.UserLogins;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the adapter: modules are loaded, tokens prepared, slots bound, in this order. */
@Configuration(proxyBeanMethods = false)
class Pkcs11Configuration {

    @Bean
    Modules modules(Pkcs11Settings settings, List<TokenSetup> setups) {
        setups.forEach(setup -> setup.environment().forEach(NativeEnvironment::set));
        return new Modules(settings.modules());
    }

    @Bean
    BoundSlots boundSlots(
            Modules modules,
            Pkcs11Settings settings,
            SlotBindings bindings,
            ObjectProvider<PinSource> pins,
            PinLatch latch,
            ObjectProvider<SlotWatcher> watchers,
            List<TokenSetup> setups) {
        setups.forEach(setup -> setup.prepare(new Pkcs11Tokens(modules)));
        var factory = new SlotBinder.SlotFactory(
                settings,
                pins.getIfAvailable(() -> _ -> Optional.empty()),
                latch,
                new SlotReadiness(watchers::orderedStream));
        return new BoundSlots(modules, new SlotBinder(modules, settings, bindings, factory).bind());
    }

    /** Logs in when everything is there that uses the slots. */
    @Bean
    SmartInitializingSingleton slotsStart(BoundSlots slots) {
        return slots::start;
    }

    @Bean
    UserLogins userLogins(BoundSlots slots) {
        return new Pkcs11Logins(slots);
    }

    @Bean
    Keys keys(BoundSlots slots) {
        return new Pkcs11Keys(slots);
    }

    @Bean
    Signer signer(BoundSlots slots) {
        return new Pkcs11Signer(slots);
    }
}
