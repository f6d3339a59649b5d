/**
 * The least that a gateway of the same libraries is: an HTTP server, JSON, an access token that is known, a signature by the token in the
 * same process, a record on the disk. No keys, slots, limits, deadlines, metrics; nobody is checked, nothing is found out when it
 * fails. What it costs is what no gateway of these libraries can save, and the bench measures it beside the gateway.
 */
@NullMarked
package dev.slotgate.bench.least;

import org.jspecify.annotations.NullMarked;
