/**
 * The port to the tokens: small interfaces, value types and one exception, in the words of PKCS#11.
 *
 * <p>A call through the port is a value: a request goes in, a result or an {@link dev.slotgate.hsm.HsmException} comes
 * out. No session, no handle and no native type crosses it, so an adapter may run in this process or in another one, and
 * nothing above the port knows which. Keys are named by slot and CKA_ID, slots by the gateway's own number.
 */
@NullMarked
package dev.slotgate.hsm;

import org.jspecify.annotations.NullMarked;
