package dev.slotgate.hsm.pkcs11;

import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/** What is done with a lent session. It runs on the session's own thread and must not let the session escape. */
@FunctionalInterface
interface SessionWork<T> {

    T with(Session session) throws TokenException;
}
