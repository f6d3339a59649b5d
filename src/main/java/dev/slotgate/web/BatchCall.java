package dev.slotgate.web;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Caller;

/** What an item of a batch asks for, once it is known that its caller may. */
record BatchCall(BatchOperation operation, SlotId slot, Object request, Caller caller, KeyUser user, AuditTrail trail) {

    /** Makes it. @throws Exception what it fails with */
    Object make() throws Exception {
        return operation.call(slot, request, caller, user, trail);
    }
}
