/**
 * What the database and the data folder keep for several features: the master key, the gateway's own id, and the changes
 * of state that are not settled yet. Knows nothing of the rest of the gateway.
 */
@NullMarked
package dev.slotgate.state;

import org.jspecify.annotations.NullMarked;
