/** The record of who did what: one per call, whatever became of it. Knows nothing of the rest of the gateway. */
@NullMarked
package dev.slotgate.audit;

import org.jspecify.annotations.NullMarked;
