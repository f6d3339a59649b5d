package dev.slotgate.hsm.pkcs11;

import java.io.IOException;
import java.util.List;

/** The processes that this one started for its modules. */
final class WorkerProcesses {

    /** Early on the command line: the system tells no more than a page of it. */
    private static final String MARK = "hsm.worker.WorkerLog";

    private WorkerProcesses() {}

    /** Those that hold a module, and the spare ones. */
    static List<ProcessHandle> all() {
        List<ProcessHandle> workers = ProcessHandle.current()
                .children()
                .filter(child ->
                        child.isAlive() && child.info().commandLine().orElse("").contains(MARK))
                .toList();
        if (workers.isEmpty()) {
            throw new AssertionError("there is no worker");
        }
        return workers;
    }

    static void signal(ProcessHandle process, String signal) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new AssertionError("kill -" + signal + " failed");
        }
    }
}
