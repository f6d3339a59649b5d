/**
 * The record of who did what: one per call, whatever became of it, in a journal that is written before anything is answered,
 * chained by hashes and signed, and followed by the database. Knows nothing of the rest of the gateway.
 */
@NullMarked
package dev.slotgate.audit;

import org.jspecify.annotations.NullMarked;
