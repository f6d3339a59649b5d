package dev.slotgate.hsm;

/**
 * A message authentication code that is being made, part by part.
 *
 * @param process the number of the process that makes it
 * @param number at random, known to that process alone
 */
public record MacStream(long process, long number) {}
