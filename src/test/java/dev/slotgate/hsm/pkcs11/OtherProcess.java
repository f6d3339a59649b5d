package dev.slotgate.hsm.pkcs11;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.Serializable;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.Callable;

/** Does a test's work in a process that is started for it and ends after it, so that a library leaves nothing behind here. */
final class OtherProcess {

    private OtherProcess() {}

    /**
     * What it answers, and what it throws, an abort of the test too, comes back; so all of that, and what the work holds on to,
     * must be serializable.
     */
    @SuppressWarnings("unchecked") // It is what the work answered.
    static <T> T call(Work<T> work) throws Exception {
        return switch (answerTo(work)) {
            case Error thrown -> throw thrown;
            case Exception thrown -> throw thrown;
            case Object answer -> (T) answer;
        };
    }

    private static Object answerTo(Work<?> work) {
        try {
            Process process = start();
            try (var questions = new ObjectOutputStream(process.getOutputStream())) {
                questions.writeObject(work);
            }
            try (var answers = new ObjectInputStream(process.getInputStream())) {
                return answers.readObject();
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError("the other process did not answer", e);
        }
    }

    private static Process start() throws IOException {
        var builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName());
        builder.environment().putAll(NativeVariables.all());
        return builder.redirectError(Redirect.INHERIT).start();
    }

    /** Reads one work, and writes what came of it. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err); // A line of a log is no answer.
        Object answer = outcome();
        try (var stream = new ObjectOutputStream(answers)) {
            stream.writeObject(answer);
        }
    }

    private static Object outcome() {
        try (var questions = new ObjectInputStream(System.in)) {
            return ((Work<?>) questions.readObject()).call();
        } catch (Throwable e) {
            return e;
        }
    }

    /** Work that can be sent to a process. */
    interface Work<T> extends Callable<T>, Serializable {}
}
