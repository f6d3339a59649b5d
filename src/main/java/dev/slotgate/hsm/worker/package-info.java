/**
 * The wire between the gateway and a worker process that holds a PKCS#11 module.
 *
 * <p>A native call may take its process down, so modules live in processes of their own. A {@link
 * dev.slotgate.hsm.worker.Link} carries calls of the port both ways over one Unix domain socket: many at once, each
 * answered in its own time, none without a deadline. What crosses it is written by codecs that are derived from the port's
 * records. Both ends are of one build; a greeting makes sure of that, so the format needs no versions of its own. Frames
 * may carry PINs and are wiped when they are done with.
 */
@NullMarked
package dev.slotgate.hsm.worker;

import org.jspecify.annotations.NullMarked;
