package dev.slotgate.hsm;

/**
 * The numbers of a slot's session pool.
 *
 * @param max how many sessions it may open
 * @param open how many are open, lent or idle
 * @param inUse how many are lent
 * @param waiting how many callers wait for one
 */
public record SessionCounts(int max, int open, int inUse, int waiting) {}
