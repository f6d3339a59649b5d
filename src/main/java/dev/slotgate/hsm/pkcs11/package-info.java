/**
 * The only code that knows C_ functions and CKR_ codes: modules, slots, session pools, login and translations.
 *
 * <p>A native call may hang or crash, so each one runs on a platform thread with a deadline. A session that two
 * threads use at once takes the process down, so it has a thread of its own, and lending it is handing work to that thread;
 * in a worker the caller's thread takes its turn instead. Login state belongs to the process and the token, not to a session: one keeper session per slot logs in
 * and keeps the login alive. A session whose work did not end cleanly is closed and never lent again.
 */
@NullMarked
package dev.slotgate.hsm.pkcs11;

import org.jspecify.annotations.NullMarked;
