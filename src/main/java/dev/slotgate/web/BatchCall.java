package dev.slotgate.web;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;

/** What an item of a batch asks for, once it is known that its caller may. */
record BatchCall(BatchOperation operation, SlotId slot, Object request, KeyUser user, AuditTrail trail) {}
