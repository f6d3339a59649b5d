package dev.slotgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTests {

    @Test
    void allOfItIsMeasuredInFullUnlessSomethingElseIsSaid() {
        Set<Part> all = EnumSet.of(Part.START, Part.RATES, Part.BATCH, Part.LOAD, Part.GROWTH);
        assertThat(Options.of()).isEqualTo(new Options(Pace.FULL, all, Path.of("target", "bench.json")));
        Options options = Options.of("--only", "load,rates", "--quick", "--json", "here.json");
        assertThat(options.parts()).containsExactly(Part.RATES, Part.LOAD);
        assertThat(options.pace()).isEqualTo(Pace.QUICK);
        assertThat(options.json()).isEqualTo(Path.of("here.json"));
    }

    @ParameterizedTest
    @CsvSource({
        "--fast, bench knows no '--fast'",
        "--only, --only wants a value",
        "--only lod, there is no part 'lod'",
    })
    void whatIsWrongIsTold(String arguments, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(arguments.split(" ")))
                .withMessage(sentence + "; see ./slotgate bench --help.");
    }
}
