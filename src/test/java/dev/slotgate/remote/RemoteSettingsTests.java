package dev.slotgate.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.StartRefused;
import dev.slotgate.security.Caller;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may connect, as the configuration says it. */
class RemoteSettingsTests {

    @Test
    void aClientIsKnownByTheSubjectOfItsCertificateHoweverThatIsWritten() {
        RemoteSettings.Client client = client("CN=billing, O=Example", null, "crypto.use", "3");

        assertThat(client.isOf(new X500Principal("cn=Billing,o=Example"))).isTrue();
        assertThat(client.isOf(new X500Principal("O=Example,CN=billing"))).isFalse();
        assertThat(client.isOfUser("billing")).isFalse();
    }

    @Test
    void aClientMayWhatIsSaidAndNothingElse() {
        Caller some = client("CN=a", null, "crypto.use", "3").caller("CN=a");
        Caller all = client(null, "root", "crypto.use", "*").caller("unix:root");

        assertThat(some.scopes()).containsExactly("crypto.use");
        assertThat(some.mayUse(3)).isTrue();
        assertThat(some.mayUse(4)).isFalse();
        assertThat(all.mayUse(4)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense, , crypto.use, 3",
        "CN=a, root, crypto.use, 3",
        ", , crypto.use, 3",
        "CN=a, , crypto.everything, 3",
        "CN=a, , crypto.use, three",
        "CN=a, , crypto.use, -1",
    })
    void whatIsNoClientKeepsTheGatewayFromStarting(
            @Nullable String subject, @Nullable String user, String scope, String slot) {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> client(subject, user, scope, slot))
                .withMessageStartingWith("slotgate.pkcs11.clients");
    }

    private static RemoteSettings.Client client(
            @Nullable String subject, @Nullable String user, String scope, String slot) {
        return new RemoteSettings.Client(subject, user, List.of(scope), List.of(slot));
    }
}
