package dev.slotgate.hsm.pkcs11;

import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/** What is done with a key in a lent session; the handle is that of its private or secret object. */
@FunctionalInterface
interface KeyWork<T> {

    T with(Session session, long handle) throws TokenException;
}
