package dev.slotgate.hsm.pkcs11;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What modules find in the environment of a test: of its own process, and of every process that it starts for one. */
final class NativeVariables {

    private static final Map<String, String> SET = new ConcurrentHashMap<>();

    private NativeVariables() {}

    static void set(String name, String value) {
        NativeEnvironment.set(name, value);
        SET.put(name, value);
    }

    static Map<String, String> all() {
        return Map.copyOf(SET);
    }
}
