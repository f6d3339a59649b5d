package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.Limits;
import dev.slotgate.hsm.StartRefused;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which PKCS#11 modules are loaded and which of their tokens are bound to slots.
 *
 * @param trial whether this is the trial set-up, the only one in which a well-known user PIN is accepted
 * @param modules the libraries; at least one
 * @param slots the bindings; with none, every initialised token gets a slot id
 * @param limits what every slot allows that says nothing else
 */
@ConfigurationProperties("slotgate")
public record HsmSettings(
        @DefaultValue("false") boolean trial,
        @DefaultValue List<Module> modules,
        @DefaultValue List<Slot> slots,
        @DefaultValue Limits.Overrides limits) {

    public HsmSettings {
        Limits general = Limits.DEFAULT.with(limits);
        general.check("slotgate.limits");
        for (int i = 0; i < modules.size(); i++) {
            modules.get(i).check("slotgate.modules[" + i + "]");
        }
        for (int i = 0; i < slots.size(); i++) {
            slots.get(i).check("slotgate.slots[" + i + "]", modules);
            general.with(slots.get(i).limits()).check("slotgate.slots[" + i + "].limits");
        }
        refuseTwins("slotgate.modules[].name", modules.stream().map(Module::name));
        refuseTwins("slotgate.slots[].id", slots.stream().map(Slot::id));
    }

    private static void refuseTwins(String key, Stream<?> values) {
        var seen = new HashSet<Object>();
        values.filter(value -> !seen.add(String.valueOf(value))).findFirst().ifPresent(twin -> {
            throw new StartRefused(key + " must be different from one another, and '" + twin + "' is there twice.");
        });
    }

    /**
     * A PKCS#11 library.
     *
     * @param name what slots and messages call the module
     * @param library the file of the shared library
     * @param initArguments what the library wants at C_Initialize (pReserved), in words of its own (NSS is one that does)
     * @param isolation whether its code runs in a process of its own, as is the default, or in the gateway's
     * @param workers how many processes share its slots' sessions, from 1 to 64; several only with {@code isolation: process}
     */
    public record Module(
            @DefaultValue("default") String name,
            @Nullable Path library,
            @Nullable String initArguments,
            @DefaultValue("process") Isolation isolation,
            @DefaultValue("1") int workers) {

        private static final int MAX_WORKERS = 64;

        void check(String key) {
            if (library == null) {
                throw new StartRefused(key + ".library is not set: it names the PKCS#11 library to load.");
            }
            if (workers < 1 || workers > MAX_WORKERS) {
                throw new StartRefused(key + ".workers is " + workers + ", and must be from 1 to " + MAX_WORKERS + ".");
            }
            if (workers > 1 && isolation == Isolation.IN_PROCESS) {
                throw new StartRefused(key + ".workers is " + workers + ": several need isolation: process.");
            }
        }
    }

    /**
     * A slot id and the token it stands for.
     *
     * @param id the slot's number on the API, stable for ever: 0 or more
     * @param module the name of the module that the token is in
     * @param serial the token's serial number; this or the label
     * @param label the token's label; this or the serial number
     * @param userPinFile a file with the user PIN on one line, read while the gateway has no PIN of the token yet; without either
     *     the slot starts locked
     * @param limits where this slot differs from the others
     * @param softwareOaep whether the gateway takes the padding of RSA-OAEP off where the token cannot; false: it is refused
     * @param softwareDerive whether keys are derived, since that needs the gateway's memory
     */
    public record Slot(
            @Nullable Integer id,
            @DefaultValue("default") String module,
            @Nullable String serial,
            @Nullable String label,
            @Nullable Path userPinFile,
            @DefaultValue Limits.Overrides limits,
            @DefaultValue("true") boolean softwareOaep,
            @DefaultValue("true") boolean softwareDerive) {

        void check(String key, List<Module> modules) {
            if (id == null || id < 0) {
                throw new StartRefused(key + ".id is not set: it is the slot's number, 0 or more.");
            }
            if ((serial == null) == (label == null)) {
                throw new StartRefused(key + " needs either serial or label, to say which token it is.");
            }
            if (modules.stream().noneMatch(known -> known.name().equals(module))) {
                throw new StartRefused(
                        key + ".module is '" + module + "', and no slotgate.modules[].name is called that.");
            }
        }
    }
}
