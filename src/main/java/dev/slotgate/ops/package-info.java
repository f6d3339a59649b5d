/** What operators look at: health, and why the gateway does not start. */
@NullMarked
package dev.slotgate.ops;

import org.jspecify.annotations.NullMarked;
