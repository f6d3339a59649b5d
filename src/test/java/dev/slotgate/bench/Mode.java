package dev.slotgate.bench;

import java.util.List;

/** How a gateway is set up. */
enum Mode {
    /** As it is when nothing is said: its module in a worker process, plain HTTP on loopback. */
    WORKER("worker"),
    IN_PROCESS("in process"),
    /** With a worker. */
    TLS("TLS");

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
