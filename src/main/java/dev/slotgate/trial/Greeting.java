package dev.slotgate.trial;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/** Says where the trial listens, on the console and in a file that {@code ./slotgate token} reads. */
class Greeting {

    private static final String ADDRESS_FILE = "gateway.url";

    private final SecretFiles files;
    private final String scheme;
    private final boolean container;
    private volatile boolean listening;

    Greeting(
            SecretFiles files,
            @Value("${slotgate.web.tls.certificate:}") String certificate,
            @Value("${slotgate.container:false}") boolean container) {
        this.files = files;
        this.container = container;
        this.scheme = certificate.isEmpty() ? "http" : "https";
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext web && web.getWebServer() != null) {
            String url = scheme + "://127.0.0.1:" + web.getWebServer().getPort();
            files.write(ADDRESS_FILE, url + "\n");
            listening = true;
            System.out.printf("""

                    Slotgate listens on %s (trial: ten software tokens with the user PIN %s; never for real keys).
                    %s
                    """, url, Trial.USER_PIN, container ? "" : invitation(url));
        }
    }

    private String invitation(String url) {
        return """
                Try it from another terminal, in %s:

                  curl -H "Authorization: Bearer $(%s./slotgate token)" %s/slots/0
                """.formatted(Path.of("").toAbsolutePath(), elsewhere(), url);
    }

    /** A gateway that did not start leaves the file of the one that is in its way alone. */
    @EventListener
    void closed(ContextClosedEvent event) {
        if (listening) {
            files.delete(ADDRESS_FILE);
        }
    }

    /** What the launcher must be told when the data is not where it looks. */
    private String elsewhere() {
        Path usual = Path.of("data").toAbsolutePath().normalize();
        return files.path("").equals(usual) ? "" : "SLOTGATE_DATA='" + files.path("") + "' ";
    }
}
