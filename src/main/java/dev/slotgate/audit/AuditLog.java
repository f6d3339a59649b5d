package dev.slotgate.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes each record as one line of JSON to the log {@code slotgate.audit}; JSON leaves no room for forged lines. */
@Component
public class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger("slotgate.audit");

    private final JsonMapper json;

    AuditLog(JsonMapper json) {
        this.json = json;
    }

    public void append(AuditRecord entry) {
        LOG.info("{}", json.writeValueAsString(entry));
    }
}
