/**
 * {@code ./slotgate bench}: what a gateway costs, against the raw token, in one run on one machine. It needs nothing that the tests
 * do not have, so it lives among them: what it calculates is tested with all the rest, and a short run of it, too.
 */
@NullMarked
package dev.slotgate.bench;

import org.jspecify.annotations.NullMarked;
