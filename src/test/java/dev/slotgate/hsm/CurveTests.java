package dev.slotgate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.AlgorithmParameters;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CurveTests {

    @ParameterizedTest
    @EnumSource
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
}
