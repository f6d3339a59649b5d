package dev.slotgate.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.Usage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class GenerateKeyRequestTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void ordersAnRsaKey() {
        NewKey order = request("{'type':'RSA','size':3072,'label':'pay','usage':['decrypt'],'extractable':true}")
                .order(KeyId.random());

        assertThat(order.spec()).isEqualTo(new KeySpec.Rsa(3072));
        assertThat(order.usage()).isEqualTo(Usage.DECRYPT);
        assertThat(order.label()).isEqualTo("pay");
        assertThat(order.extractable()).isTrue();
    }

    @Test
    void ordersAnEcKeyThatIsNotExtractableUnlessAskedFor() {
        NewKey order = request("{'type':'EC','curve':'P-256','usage':['sign']}").order(KeyId.random());

        assertThat(order.spec()).isEqualTo(new KeySpec.OnCurve(Curve.P_256));
        assertThat(order.label()).isNull();
        assertThat(order.extractable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "type       | {'size':2048,'usage':['sign']}",
                "type       | {'type':'rsa','size':2048,'usage':['sign']}",
                "size       | {'type':'RSA','usage':['sign']}",
                "size       | {'type':'RSA','size':1024,'usage':['sign']}",
                "size       | {'type':'EC','size':256,'curve':'P-256','usage':['sign']}",
                "curve      | {'type':'RSA','size':2048,'curve':'P-256','usage':['sign']}",
                "curve      | {'type':'EC','usage':['sign']}",
                "curve      | {'type':'EC','curve':'prime256v1','usage':['sign']}",
                "size       | {'type':'AES','size':257,'usage':['mac']}",
                "size       | {'type':'HMAC','size':128,'usage':['mac']}",
                "size       | {'type':'HMAC','size':260,'usage':['mac']}",
                "curve      | {'type':'OKP','curve':'P-256','usage':['sign']}",
                "usage      | {'type':'HMAC','size':256,'usage':['encrypt']}",
                "usage      | {'type':'RSA','size':2048}",
                "usage      | {'type':'RSA','size':2048,'usage':[]}",
                "usage      | {'type':'RSA','size':2048,'usage':[null]}",
                "usage      | {'type':'RSA','size':2048,'usage':['derive']}",
                "usage      | {'type':'EC','curve':'P-256','usage':['decrypt']}",
                "label      | {'type':'RSA','size':2048,'usage':['sign'],'label':''}",
                "label      | {'type':'RSA','size':2048,'usage':['sign'],'label':'a\\nb'}",
                "label      | {'type':'RSA','size':2048,'usage':['sign'],'label':'\\ud800'}",
            })
    void namesTheFieldThatIsWrong(String field, String json) {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> request(json).order(KeyId.random()))
                .returns(HsmFailure.INVALID_FIELD, HsmException::failure)
                .returns(field, HsmException::field);
    }

    @Test
    void ordersSecretKeys() {
        assertThat(request("{'type':'AES','size':256,'usage':['encrypt']}")
                        .order(KeyId.random())
                        .spec())
                .isEqualTo(new KeySpec.Aes(256));
        assertThat(request("{'type':'HMAC','size':512,'usage':['mac']}")
                        .order(KeyId.random())
                        .spec())
                .isEqualTo(new KeySpec.Hmac(512));
    }

    @Test
    void refusesAWrappingKeyThatMayLeave() {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> request("{'type':'AES','size':256,'usage':['wrap'],'extractable':true}")
                        .order(KeyId.random()))
                .returns(HsmFailure.USAGE_CONFLICT, HsmException::failure)
                .returns("extractable", HsmException::field);
    }

    @Test
    void refusesTwoUsages() {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> request("{'type':'RSA','size':2048,'usage':['sign','decrypt']}")
                        .order(KeyId.random()))
                .returns(HsmFailure.USAGE_CONFLICT, HsmException::failure);
    }

    @Test
    void allowsOnlyAlgorithmsThatFitTheKey() {
        assertThat(algorithms("{'type':'EC','curve':'P-256','usage':['sign'],'algorithms':['ES256']}"))
                .containsExactly("ES256");
        assertThat(algorithms("{'type':'EC','curve':'P-256','usage':['sign']}")).isNull();
        assertRefuses("algorithms", "{'type':'EC','curve':'P-256','usage':['sign'],'algorithms':['ES384']}");
        assertRefuses("algorithms", "{'type':'EC','curve':'P-256','usage':['sign'],'algorithms':[]}");
        assertRefuses("algorithms", "{'type':'EC','curve':'P-256','usage':['sign'],'algorithms':[null]}");
        assertRefuses("algorithms", "{'type':'EC','curve':'P-256','usage':['derive'],'algorithms':[null]}");
        assertRefuses("algorithms", "{'type':'EC','curve':'P-256','usage':['derive'],'algorithms':['ES256']}");
        assertThat(algorithms("{'type':'AES','size':256,'usage':['wrap'],'algorithms':['A256KW','A256KWP']}"))
                .containsExactly("A256KW", "A256KWP");
        assertRefuses("algorithms", "{'type':'AES','size':256,'usage':['wrap'],'algorithms':['A128KW']}");
    }

    @Test
    void tagsAreBounded() {
        assertThat(Tags.checked(null)).isEmpty();
        assertThat(Tags.checked(Map.of("team", "payments"))).containsEntry("team", "payments");
        var many = new HashMap<String, @Nullable String>();
        for (int i = 0; i < 51; i++) {
            many.put("tag" + i, "");
        }
        for (Map<String, @Nullable String> wrong : List.<Map<String, @Nullable String>>of(
                many, Map.of("", "x"), Map.of("x".repeat(129), "x"), Map.of("x", "y".repeat(257)))) {
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> Tags.checked(wrong))
                    .returns("tags", HsmException::field);
        }
    }

    private static void assertRefuses(String field, String json) {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> algorithms(json))
                .returns(field, HsmException::field);
    }

    private static @Nullable List<String> algorithms(String json) {
        GenerateKeyRequest request = request(json);
        return request.metadata(request.order(KeyId.random())).algorithms();
    }

    private static GenerateKeyRequest request(String json) {
        return JSON.readValue(json.replace('\'', '"'), GenerateKeyRequest.class);
    }
}
