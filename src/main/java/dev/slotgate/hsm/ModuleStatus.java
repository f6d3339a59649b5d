package dev.slotgate.hsm;

/**
 * What the gateway knows of a module without asking its tokens.
 *
 * @param name what the configuration calls it
 * @param workers in how many processes it is to run; in this process: 1
 * @param running in how many it runs
 * @param starts how many of them were started since the gateway's start; in this process: how often it was initialised
 * @param stuck whether only a new process of the gateway helps: a slot of the module, which runs in this process, waits for it
 *     to be initialised again, and that cannot be, since a call hangs
 */
public record ModuleStatus(String name, Isolation isolation, int workers, int running, long starts, boolean stuck) {}
