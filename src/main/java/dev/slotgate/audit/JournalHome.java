package dev.slotgate.audit;

import java.nio.file.Path;

/**
 * Where a gateway keeps its journal.
 *
 * @param folder of this gateway alone
 * @param instance which gateway it is
 * @param publicKeys the file of the public keys of its checkpoints
 */
public record JournalHome(Path folder, String instance, Path publicKeys) {}
