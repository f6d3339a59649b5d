package dev.slotgate.ops;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.StartRefused;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

class PlainHttpCheckTests {

    private static final TlsSettings NO_TLS = new TlsSettings(null, null, null, TlsSettings.ClientAuth.NEED);

    private final ServerProperties server = new ServerProperties();
    private final ManagementServerProperties management = new ManagementServerProperties();
    private TlsSettings ours = NO_TLS;

    @Test
    void loopbackNeedsNoTls() {
        server.setAddress(InetAddress.getLoopbackAddress());
        assertAccepts(false, false);
        assertAccepts(true, false);
    }

    @Test
    void otherAddressesNeedTlsOrTheOperatorsWord() throws Exception {
        assertRefuses("slotgate.web.tls.certificate", false, false);
        server.setAddress(InetAddress.getByAddress(new byte[4]));
        assertRefuses("slotgate.web.tls.certificate", false, false);
        assertAccepts(false, true);
        Ssl tls = Ssl.forBundle("web");
        server.setSsl(tls);
        assertAccepts(false, false);
        tls.setEnabled(false);
        assertRefuses("slotgate.web.tls.certificate", false, false);
    }

    @Test
    void theGatewaysOwnTlsCounts() {
        ours = new TlsSettings(Path.of("web.pem"), Path.of("web.key"), null, TlsSettings.ClientAuth.NEED);
        assertAccepts(false, false);
    }

    @Test
    void aPortOfItsOwnForTheMonitoringIsHeldToTheSame() {
        server.setAddress(InetAddress.getLoopbackAddress());
        management.setPort(9090);
        assertRefuses("management.server.address", false, false);
        assertAccepts(false, true);
        management.setAddress(InetAddress.getLoopbackAddress());
        assertAccepts(false, false);
    }

    @Test
    void aTrialListensOnLoopbackWhateverTheOperatorSays() {
        assertRefuses("a trial listens on nothing else", true, true);
    }

    private void assertAccepts(boolean trial, boolean allowed) {
        assertThatCode(() -> check(trial, allowed)).doesNotThrowAnyException();
    }

    private void assertRefuses(String sentence, boolean trial, boolean allowed) {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> check(trial, allowed))
                .withMessageContaining(sentence);
    }

    private void check(boolean trial, boolean allowed) {
        new PlainHttpCheck(server, management, ours, trial, allowed).customize(new TomcatServletWebServerFactory());
    }
}
