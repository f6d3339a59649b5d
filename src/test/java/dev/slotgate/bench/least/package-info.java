/**
 * The least that a gateway of the same libraries is: an HTTP server, JSON, an access token that is known, a signature by the token in the
 * same process, a record on the disk. No keys, slots, limits, deadlines, metrics; nobody is checked, nothing is found out when it
 * fails. It is set up by the book and not tuned. The bench measures it beside the gateway, to tell what the libraries cost from what
 * the gateway adds.
 */
@NullMarked
package dev.slotgate.bench.least;

import org.jspecify.annotations.NullMarked;
