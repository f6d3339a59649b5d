/** Work that comes again and again for as long as the gateway runs. A leaf: knows nothing of the rest of the gateway. */
@NullMarked
package dev.slotgate.recurrence;

import org.jspecify.annotations.NullMarked;
