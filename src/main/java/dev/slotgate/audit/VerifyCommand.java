package dev.slotgate.audit;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code ./slotgate audit verify}: looks through a journal that no gateway needs to be running for. The exit code is 0 when
 * all of it is as it was written, 1 when it is not, and 2 when it could not be looked at.
 */
public final class VerifyCommand {

    private VerifyCommand() {}

    public static void main(String[] arguments) {
        System.exit(run(Path.of(arguments[0]), Path.of(arguments[1]), System.out, System.err));
    }

    static int run(Path folder, Path publicKeys, PrintStream out, PrintStream err) {
        if (!Files.isDirectory(folder)) {
            err.println("There is no folder " + folder + ".");
            return 2;
        }
        try {
            if (Segments.in(folder).isEmpty()) {
                err.println("The folder " + folder + " holds no journal: its files are called <sequence>.jsonl.");
                return 2;
            }
            Verdict verdict = JournalVerification.offline(folder, PublicKeyFile.read(publicKeys));
            print(verdict, out);
            return verdict.firstBad() == null ? 0 : 1;
        } catch (IOException e) {
            err.println("The journal cannot be verified: " + e.getMessage() + ".");
            return 2;
        }
    }

    private static void print(Verdict verdict, PrintStream out) {
        out.printf(
                "%d records of instance %s, signed up to %d%n",
                verdict.records(), verdict.instance(), verdict.signedThrough());
        if (verdict.firstBad() == null) {
            out.println("valid");
        } else {
            out.printf("NOT valid: the first bad record is %s: %s%n", verdict.firstBadId(), verdict.reason());
        }
    }
}
