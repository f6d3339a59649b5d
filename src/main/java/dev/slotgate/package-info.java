/** The gateway's entry point; everything else is in the packages below, one per feature or boundary. */
@NullMarked
package dev.slotgate;

import org.jspecify.annotations.NullMarked;
