package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Pin;
import java.util.List;
import org.xipki.pkcs11.wrapper.TokenException;

/** What is done with the PINs of a token while its slot is held alone. */
@FunctionalInterface
interface PinWork<T> {

    /** @param given the PINs of the request, wiped when the work is done */
    T with(PinChanges changes, List<Pin> given) throws TokenException;
}
