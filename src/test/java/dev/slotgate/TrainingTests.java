package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTests {

    @TempDir
    Path folder;

    /** Its gateway would write into the operator's database, under a master key that is thrown away. */
    @Test
    void theGatewayThatIsTrainedIsToldNothingOfTheOperators() throws Exception {
        Path seen = folder.resolve("seen");
        Path java = Files.writeString(
                folder.resolve("java"), "#!/bin/sh\nenv > " + seen + "\npwd >> " + seen + "\nexit 1\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        var training = new ProcessBuilder(
                        "src/dist/train",
                        java.toString(),
                        "slotgate.jar",
                        "lib.so",
                        folder.resolve("cache").toString())
                .redirectErrorStream(true);
        training.environment().put("SPRING_DATASOURCE_URL", "jdbc:postgresql://operators/database");
        training.environment().put("SLOTGATE_MASTERKEYFILE", "operators.key");
        training.environment().put("JAVA_TOOL_OPTIONS", "-Doperators=true");

        Process process = training.start();
        process.getInputStream().readAllBytes();

        assertThat(process.waitFor()).isEqualTo(1);
        List<String> told = Files.readAllLines(seen);
        assertThat(told).contains("SLOTGATE_TRIAL=true").noneMatch(line -> line.contains("operators"));
        assertThat(told.getLast()).isNotEqualTo(Path.of("").toAbsolutePath().toString());
    }
}
