package dev.slotgate.hsm.pkcs11;

import java.io.IOException;
import java.util.List;

/** The processes that this one started for its modules. */
final class WorkerProcesses {

    private static final String MAIN = "dev.slotgate.hsm.worker.WorkerMain";

    private WorkerProcesses() {}

    static List<ProcessHandle> of(ProcessHandle gateway) {
        return gateway.descendants()
                .filter(child ->
                        child.isAlive() && child.info().commandLine().orElse("").contains(MAIN))
                .toList();
    }

    /** The one worker there is. */
    static ProcessHandle only() {
        List<ProcessHandle> all = of(ProcessHandle.current());
        if (all.size() != 1) {
            throw new AssertionError("there are " + all.size() + " workers");
        }
        return all.getFirst();
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
