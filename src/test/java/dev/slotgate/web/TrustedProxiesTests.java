package dev.slotgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.StartRefused;
import dev.slotgate.web.TrustedProxies.Hop;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTests {

    private static final String PEER = "10.0.0.1";

    private final TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.0/24", "192.0.2.7", "2001:db8::/32"));

    @ParameterizedTest
    @CsvSource({
        "10.0.0.200, true",
        "10.0.1.1, false",
        "192.0.2.7, true",
        "192.0.2.8, false",
        "2001:db8:1::9, true",
        "::1, false",
        "nobody, false",
        "'', false",
    })
    void addressesAndNetworksAreTrusted(String address, boolean trusted) {
        assertThat(proxies.trust(address)).isEqualTo(trusted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9 | 203.0.113.9",
                "203.0.113.9:4711 | 203.0.113.9",
                "[2a00::1]:4711 | 2a00:0:0:0:0:0:0:1",
                "6.6.6.6, 203.0.113.9 | 203.0.113.9",
                "6.6.6.6, 203.0.113.9, 192.0.2.7 | 203.0.113.9",
                "10.0.0.5, 192.0.2.7 | 10.0.0.5",
                "6.6.6.6, unknown, 192.0.2.7 | 192.0.2.7",
                "6.6.6.6, | 10.0.0.1",
                "example.com | 10.0.0.1",
                "<script> | 10.0.0.1",
            })
    void theCallerIsTheNearestThatIsNoTrustedProxy(String header, String caller) {
        assertThat(proxies.origin(PEER, TrustedProxies.hops(header, null)))
                .extracting(Hop::address)
                .isEqualTo(caller);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=203.0.113.9;proto=https;by=10.0.0.1 | 203.0.113.9 | https",
                "For=\"[2a00::1]:4711\"; Proto=HTTP | 2a00:0:0:0:0:0:0:1 | http",
                "for=6.6.6.6;proto=http, for=203.0.113.9;proto=https, for=192.0.2.7;proto=http | 203.0.113.9 | https",
                "for=\"6.6.6.6, for=203.0.113.9 | 203.0.113.9 | ",
                "for=_hidden | 10.0.0.1 | ",
                "proto=https | 10.0.0.1 | ",
                "for=203.0.113.9;proto=gopher | 203.0.113.9 | ",
            })
    void theStandardsHeaderIsReadAsTheOlderOnesAre(String header, String caller, String scheme) {
        assertThat(proxies.origin(PEER, TrustedProxies.hops(header))).isEqualTo(new Hop(caller, scheme));
    }

    @Test
    void theSchemeIsWhatTheNearestProxySays() {
        assertThat(proxies.origin(PEER, TrustedProxies.hops("203.0.113.9", "http, https")))
                .isEqualTo(new Hop("203.0.113.9", "https"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.com", "10.0.0.0/33", ""})
    void whatIsNoNetworkKeepsTheGatewayFromStarting(String network) {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> new TrustedProxies(List.of(network)))
                .withMessageContaining("slotgate.web.trusted-proxies has '" + network + "'");
    }
}
