package dev.slotgate.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

class SecurityConfigurationTests {

    @Test
    void headersAreTakenAndRefusedAsSpringDoes() {
        HttpFirewall ours = SecurityConfiguration.httpFirewall();
        HttpFirewall springs = new StrictHttpFirewall();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x3000 ? 1 : 97) {
            String text = "a" + Character.toString(c);
            assertThat(takes(ours, "X", text)).as("value with U+%04X", c).isEqualTo(takes(springs, "X", text));
            assertThat(takes(ours, text, "x")).as("name with U+%04X", c).isEqualTo(takes(springs, text, "x"));
        }
        assertThat(takes(ours, "X", "a\tb")).isTrue();
        assertThat(takes(ours, "X", "a\nb")).isFalse();
        assertThat(takes(ours, "X\t", "a")).isFalse();
    }

    private static boolean takes(HttpFirewall firewall, String name, String value) {
        var request = new MockHttpServletRequest("GET", "/");
        request.addHeader(name, value);
        try {
            return value.equals(firewall.getFirewalledRequest(request).getHeader(name));
        } catch (RequestRejectedException e) {
            return false;
        }
    }
}
