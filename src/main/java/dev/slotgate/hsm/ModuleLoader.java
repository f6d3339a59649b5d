package dev.slotgate.hsm;

/** Loads modules: into this process, or into others. */
public interface ModuleLoader {

    Isolation isolation();

    /** @throws StartRefused when the library cannot be used */
    HsmModule load(ModuleSpec spec, ModuleHome home);
}
