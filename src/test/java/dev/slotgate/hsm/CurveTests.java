package dev.slotgate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.AlgorithmParameters;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERPrintableString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CurveTests {

    @ParameterizedTest
    @EnumSource(names = {"P_256", "P_384", "P_521"})
    void parametersAndFieldLengthAreThoseOfTheJdk(Curve curve) throws Exception {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve.jcaName()));
        int fieldBits = parameters
                .getParameterSpec(ECParameterSpec.class)
                .getCurve()
                .getField()
                .getFieldSize();

        assertThat(curve.parameters()).isEqualTo(parameters.getEncoded());
        assertThat(curve.fieldBytes()).isEqualTo((fieldBits + 7) / 8);
        assertThat(Curve.ofParameters(parameters.getEncoded())).contains(curve);
        assertThat(Curve.named(curve.jwkName())).contains(curve);
    }

    @ParameterizedTest
    @CsvSource({
        "secp256k1, EC, 1.3.132.0.10, 65",
        "Ed25519, OKP, 1.3.101.112, 32",
    })
    void otherCurvesAreNamedByTheirOids(String name, KeyType type, String oid, int pointBytes) throws Exception {
        Curve curve = Curve.named(name).orElseThrow();

        assertThat(curve.keyType()).isEqualTo(type);
        assertThat(curve.parameters()).isEqualTo(new ASN1ObjectIdentifier(oid).getEncoded());
        assertThat(curve.pointBytes()).isEqualTo(pointBytes);
        assertThat(Curve.ofParameters(curve.parameters())).contains(curve);
    }

    @Test
    void edwardsCurvesAreKnownByTheirPrintableNamesToo() throws Exception {
        assertThat(Curve.ofParameters(new DERPrintableString("edwards25519").getEncoded()))
                .contains(Curve.ED25519);
    }
}
