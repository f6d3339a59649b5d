package dev.slotgate.helm;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that cannot work are refused before they reach the cluster, by a message that names them. */
class ChartRefusalsIntegrationTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            configuration.slotgate.security.issuer |        | configuration.slotgate.security.issuer is not set
            configuration.slotgate.modules         | null   | configuration.slotgate.modules is empty
            configuration.spring.datasource.url    | jdbc:h2:file:/x | names no PostgreSQL
            configuration.spring.datasource.url    | jdbc:postgresql://db/x?password=y | holds a password
            configuration.spring.datasource.password | y    | configuration.spring.datasource.password looks like a secret
            configuration.slotgate.slots[0].user-pin | 1234 | configuration.slotgate.slots[0].user-pin looks like a secret
            configuration.slotgate.slots[0].user-pin-file | /etc/slotgate/pins/a | secrets.pins is empty
            configuration.slotgate.data            | /data  | configuration.slotgate.data is set by the chart: use journal
            configuration.server.port              | 9000   | configuration.server.port is set by the chart: use service.port
            configuration.slotgate.web.tls.certificate | /x | configuration.slotgate.web.tls is set by the chart: use tls
            configuration.slotgate.trial           | true   | a trial (configuration.slotgate.trial) is one gateway
            secrets.masterKey                      |        | gateways that share a database need the same master key
            tls.secret                             |        | tls.secret is empty
            serviceMonitor.enabled                 | true   | serviceMonitor.oauth2 needs tokenUrl and secret
            hsm.environment.HSM_PASSWORD           | x      | hsm.environment.HSM_PASSWORD looks like a secret
            """)
    void settingsThatDoNotGoTogetherAreToldInASentence(String key, String value, String message) {
        assertRefused(Chart.byDefault().with(key, value == null ? "" : value), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            replicas                         | 0          | /replicas | minimum
            replicas                         | two        | /replicas | integer
            replica                          | 3          | replica | not allowed
            image.digest                     | sha256:abc | /image/digest | pattern
            image.pullPolicy                 | Sometimes  | /image/pullPolicy | IfNotPresent
            secrets.masterKey                | Not_A_Name | /secrets/masterKey | pattern
            secrets.database.password        | x          | /secrets/database | string
            journal.size                     | big        | /journal/size | pattern
            service.port                     | 70000      | /service/port | maximum
            hsm.library.source.emptyDir.medium | Memory   | /hsm/library/source | emptyDir
            configuration.slotgate.masterKeyFile | /x     | /configuration/slotgate | masterKeyFile
            networkPolicy.from               | everybody  | /networkPolicy/from | array
            """)
    void aValueThatIsNotWhatItShouldBeIsRefusedByItsPlace(String key, String value, String place, String why) {
        assertRefused(Chart.byDefault().with(key, value), place, why);
    }

    @Test
    void aTrialIsOneGateway() {
        assertRefused(Chart.trial().with("replicas", "2"), "replicas is 2, and a trial");
    }

    private static void assertRefused(Chart chart, String... messages) {
        assertThatIllegalStateException().isThrownBy(chart::render).withMessageContainingAll(messages);
    }
}
