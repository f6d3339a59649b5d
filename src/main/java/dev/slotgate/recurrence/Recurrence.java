package dev.slotgate.recurrence;

import java.time.Duration;

/**
 * Work that comes again.
 *
 * @param work what is done; when it throws, that is logged, and it comes again all the same
 * @param pause how long it is left between the start and the first time, and between the end of one time and the next
 */
public record Recurrence(Runnable work, Duration pause) {}
