package dev.slotgate.bench;

import java.util.List;

/** How a gateway is set up. */
enum Mode {
    /** As it is when nothing is said: its module in a worker process, plain HTTP on loopback. */
    WORKER("worker"),
    IN_PROCESS("in process"),
    /** With a worker. */
    TLS("TLS"),
    /** No gateway, but the least that is one: see {@link dev.slotgate.bench.least}. */
    LEAST("least");

    /** What a run is about, unless it is about something else. */
    static final List<Mode> GATEWAYS = List.of(WORKER, IN_PROCESS, TLS);

    /** The two that there are goals for. */
    static final List<Mode> COMPARED = List.of(WORKER, IN_PROCESS);

    private final String word;

    Mode(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
