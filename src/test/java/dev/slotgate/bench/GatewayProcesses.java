package dev.slotgate.bench;

import java.io.IOException;
import java.util.List;

/**
 * The processes of a gateway.
 *
 * @param workers the one that holds the module, and the one in reserve; none when the module is in the gateway's own process
 */
record GatewayProcesses(ProcessHandle own, List<ProcessHandle> workers) {

    /** What they took of the processor until now. */
    Cpu cpu() throws IOException {
        long ownMicros = ProcessFigures.cpuMicros(own);
        long all = ownMicros;
        for (ProcessHandle worker : workers) {
            all += ProcessFigures.cpuMicros(worker);
        }
        return new Cpu(ownMicros, all);
    }

    /**
     * In KiB, of all of them.
     *
     * @param kind {@code Pss} or {@code Rss}
     */
    long memory(String kind) throws IOException {
        long all = ProcessFigures.memory(own, kind);
        for (ProcessHandle worker : workers) {
            all += ProcessFigures.memory(worker, kind);
        }
        return all;
    }

    /** In microseconds, of the gateway's own process, and of all of them. */
    record Cpu(long own, long all) {

        Cpu since(Cpu before) {
            return new Cpu(own - before.own, all - before.all);
        }
    }
}
