package dev.slotgate.audit;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes the records to standard output for a log collector: one line of JSON each, in the Elastic Common Schema. */
final class EcsOutput implements JournalFollower.Place {

    private static final String ECS_VERSION = "8.17.0";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final PrintStream out;
    private final AuditJournal journal;

    EcsOutput(PrintStream out, AuditJournal journal) {
        this.out = out;
        this.journal = journal;
    }

    /** What was written before this process began was put out by the one before. */
    @Override
    public long last() {
        return journal.tip().sequence();
    }

    @Override
    public void take(List<JournalLine> lines) {
        lines.forEach(line -> out.println(new String(JournalJson.write(event(line)), StandardCharsets.US_ASCII)));
    }

    static ObjectNode event(JournalLine line) {
        JsonNode content = JournalJson.readOwn(line.bytes());
        ObjectNode event = JSON.createObjectNode();
        event.set("@timestamp", content.path("time"));
        event.put("ecs.version", ECS_VERSION);
        event.put("event.dataset", "slotgate.audit");
        event.put("event.id", new RecordId(line.instance(), line.sequence()).toString());
        event.put("event.kind", "event");
        move(content, "action", event, "event.action");
        event.put("event.outcome", outcome(content.path("outcome").asString("")));
        if (content.has("micros")) {
            event.put("event.duration", content.path("micros").asLong() * 1_000);
        }
        move(content, "requestId", event, "http.request.id");
        move(content, "status", event, "http.response.status_code");
        move(content, "subject", event, "user.name");
        move(content, "client", event, "client.user.name");
        move(content, "source", event, "source.address");
        event.set("slotgate", content);
        return event;
    }

    private static String outcome(String word) {
        return switch (word) {
            case "success" -> "success";
            case "refused", "failed" -> "failure";
            default -> "unknown";
        };
    }

    private static void move(JsonNode from, String field, ObjectNode to, String ecsField) {
        JsonNode value = from.get(field);
        if (value != null) {
            to.set(ecsField, value);
        }
    }

    @Override
    public String toString() {
        return "standard output";
    }
}
