package dev.slotgate.audit;

/**
 * A record as the journal has it.
 *
 * @param line one line of JSON
 */
public record Recorded(RecordId id, String line) {}
