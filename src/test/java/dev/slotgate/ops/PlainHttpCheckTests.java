package dev.slotgate.ops;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.StartRefused;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

class PlainHttpCheckTests {

    private final TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();

    @Test
    void loopbackNeedsNoTls() {
        var check = new PlainHttpCheck(InetAddress.getLoopbackAddress(), "", false);
        assertThatCode(() -> check.customize(factory)).doesNotThrowAnyException();
    }

    @Test
    void otherAddressesNeedTlsOrTheOperatorsWord() throws Exception {
        InetAddress everywhere = InetAddress.getByAddress(new byte[4]);
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> new PlainHttpCheck(everywhere, "", false).customize(factory))
                .withMessageContaining("server.ssl");
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> new PlainHttpCheck(null, "", false).customize(factory));
        assertThatCode(() -> new PlainHttpCheck(everywhere, "cert.pem", false).customize(factory))
                .doesNotThrowAnyException();
        assertThatCode(() -> new PlainHttpCheck(everywhere, "", true).customize(factory))
                .doesNotThrowAnyException();
    }
}
