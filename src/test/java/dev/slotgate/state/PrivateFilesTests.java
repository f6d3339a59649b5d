package dev.slotgate.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateFilesTests {

    private static final int ROOT = 0;
    private static final int SOMEBODY = 10001;

    @ParameterizedTest
    @CsvSource({
        "r--------, false, false",
        "rw-------, false, false",
        "r--r-----, true, false",
        "rw-r-----, true, false",
        "rw-rw----, true, true",
        "rw-r-x---, true, true",
        "rw-r--r--, true, true",
    })
    void onlyWhatIsRootsMayBeReadByTheGroup(String permissions, boolean openOfSomebody, boolean openOfRoot) {
        var mode = PosixFilePermissions.fromString(permissions);

        assertThat(PrivateFiles.areOpenToOthers(SOMEBODY, mode)).isEqualTo(openOfSomebody);
        assertThat(PrivateFiles.areOpenToOthers(ROOT, mode)).isEqualTo(openOfRoot);
    }
}
