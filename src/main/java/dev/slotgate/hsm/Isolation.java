package dev.slotgate.hsm;

/** Where a module's code runs. */
public enum Isolation {
    /** In a process of its own, which may crash or be ended at any time. */
    PROCESS,
    /** In the gateway's process, which a crash of the module takes down. */
    IN_PROCESS
}
