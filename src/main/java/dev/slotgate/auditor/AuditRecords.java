package dev.slotgate.auditor;

import dev.slotgate.audit.AuditFilter;
import dev.slotgate.audit.AuditQuery;
import dev.slotgate.audit.JournalAuditor;
import dev.slotgate.audit.JournalHome;
import dev.slotgate.audit.RecordId;
import dev.slotgate.audit.Recorded;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Page;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Shows callers the records of their slots. Records of no slot, and the whole journal, are for those who have every slot. */
@Service
class AuditRecords {

    private final AuditQuery query;
    private final JournalAuditor auditor;
    private final JournalHome home;
    private final JsonMapper json;

    AuditRecords(AuditQuery query, JournalAuditor auditor, JournalHome home, JsonMapper json) {
        this.query = query;
        this.auditor = auditor;
        this.home = home;
        this.json = json;
    }

    Page<RecordResponse> list(RecordFilter filter, @Nullable Integer limit, @Nullable String after, Caller caller) {
        AuditFilter wanted = filter.checked(caller.slots());
        Page<Recorded> page = Page.of(
                (last, most) -> query.find(wanted, last, most),
                Recorded::id,
                text -> RecordId.parse(text).orElseThrow(IllegalArgumentException::new),
                filter.toString(),
                limit,
                after);
        return page.map(this::shown);
    }

    RecordResponse show(String id, Caller caller) {
        return RecordId.parse(id)
                .flatMap(known -> query.find(RecordFilter.EVERYTHING.checked(caller.slots()), known))
                .map(this::shown)
                .orElseThrow(() -> new HsmException(
                        HsmFailure.RECORD_NOT_FOUND, "There is no audit record " + Quoted.text(id) + "."));
    }

    VerificationResponse verify(VerificationRequest request, Caller caller) {
        if (!caller.slots().all()) {
            throw new AccessDeniedException("To verify the journal takes access to every slot.");
        }
        return VerificationResponse.of(home.instance(), auditor.verify(request.period()));
    }

    private RecordResponse shown(Recorded found) {
        ObjectNode shown = (ObjectNode) json.readTree(found.line());
        shown.put("id", found.id().toString());
        return json.treeToValue(shown, RecordResponse.class);
    }
}
