package dev.slotgate.ops;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.StartRefused;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

class PlainHttpCheckTests {

    private final ServerProperties server = new ServerProperties();

    @Test
    void loopbackNeedsNoTls() {
        server.setAddress(InetAddress.getLoopbackAddress());
        assertAccepts(false, false);
        assertAccepts(true, false);
    }

    @Test
    void otherAddressesNeedTlsOrTheOperatorsWord() throws Exception {
        assertRefuses("server.ssl", false, false);
        server.setAddress(InetAddress.getByAddress(new byte[4]));
        assertRefuses("server.ssl", false, false);
        assertAccepts(false, true);
        Ssl tls = Ssl.forBundle("web");
        server.setSsl(tls);
        assertAccepts(false, false);
        tls.setEnabled(false);
        assertRefuses("server.ssl", false, false);
    }

    @Test
    void aTrialListensOnLoopbackWhateverTheOperatorSays() {
        assertRefuses("a trial listens on nothing else", true, true);
    }

    private void assertAccepts(boolean trial, boolean allowed) {
        assertThatCode(() -> new PlainHttpCheck(server, trial, allowed).customize(new TomcatServletWebServerFactory()))
                .doesNotThrowAnyException();
    }

    private void assertRefuses(String sentence, boolean trial, boolean allowed) {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(
                        () -> new PlainHttpCheck(server, trial, allowed).customize(new TomcatServletWebServerFactory()))
                .withMessageContaining(sentence);
    }
}
