package dev.slotgate.hsm;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A module to be loaded.
 *
 * @param name what slots and messages call it
 * @param library the file of the shared library
 * @param initArguments what the library wants to be initialised with, in words of its own
 * @param environment what its code must see in its process's environment
 * @param workers how many processes share its slots, when it runs outside this one
 * @param acceptsDefaultPin whether a user PIN that everybody knows is good enough
 */
public record ModuleSpec(
        String name,
        String library,
        @Nullable String initArguments,
        Map<String, String> environment,
        int workers,
        boolean acceptsDefaultPin) {}
