package dev.slotgate.bench;

import dev.slotgate.Wrk;

/** What a round of load was answered, and what that took of the processor. */
record Loaded(Wrk.Run run, GatewayProcesses.Cpu cpu) {

    /** With the connections that there are goals for. */
    static Loaded round(Stage stage, Mode mode, BenchGateway.Load load) throws Exception {
        GatewayProcesses processes = stage.gateway(mode).processes();
        GatewayProcesses.Cpu before = processes.cpu();
        Wrk.Run run = load.run(RatesPart.CONNECTIONS, stage.pace().seconds());
        return new Loaded(run, processes.cpu().since(before));
    }

    /** Notes how many were answered a second, and the microseconds that each took in all processes. */
    void note(Figures figures, String rate, String eachCpu) {
        figures.add(rate, "/s", run.perSecond());
        figures.add(eachCpu, "µs", (double) cpu.all() / run.answers());
    }
}
