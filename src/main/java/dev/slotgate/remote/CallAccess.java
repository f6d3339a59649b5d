package dev.slotgate.remote;

import dev.slotgate.audit.AuditJournal;
import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Slots;
import dev.slotgate.security.CallLimits;
import dev.slotgate.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Holds every call to its rule. Nothing begins that could not be recorded, and no change that was not. */
@Component
class CallAccess {

    private final Slots slots;
    private final CallLimits limits;
    private final AuditJournal journal;

    CallAccess(Slots slots, CallLimits limits, AuditJournal journal) {
        this.slots = slots;
        this.limits = limits;
        this.journal = journal;
    }

    /**
     * A call is about to be served.
     *
     * @throws CallRefused SLOT_ID_INVALID, or FUNCTION_FAILED for one too many
     * @throws org.springframework.security.access.AccessDeniedException without the scope
     * @throws dev.slotgate.audit.JournalUnavailable when it could not be recorded
     */
    void begin(Rule rule, CallContext context) {
        Caller caller = context.application().caller();
        AuditTrail trail = context.trail();
        if (rule.action() != null) {
            trail.action(rule.action());
        }
        rule.scopes().forEach(caller::require);
        requireSlot(context.slotOrNull(), caller);
        if (rule.effect() == Rule.Effect.BEGINS) {
            return;
        }
        if (!limits.takes(caller, context.slot().value())) {
            throw new CallRefused(ReturnCode.FUNCTION_FAILED);
        }
        journal.requireOpen();
        if (rule.effect() == Rule.Effect.CHANGES) {
            trail.changesState();
            journal.record(trail.intent());
        }
    }

    /** A slot that is not the caller's looks exactly like one that is not there. */
    private void requireSlot(@Nullable SlotId slot, Caller caller) {
        if (slot != null && !(caller.mayUse(slot.value()) && slots.ids().contains(slot))) {
            throw new CallRefused(ReturnCode.SLOT_ID_INVALID);
        }
    }
}
