package dev.slotgate.bench;

import dev.slotgate.hsm.pkcs11.RawToken;

/** What the figures are called, where they are noted and where they are looked up. */
final class Names {

    static final String ALLOCATION = "allocation per sign request";
    static final String P99 = "p99 at half the peak rate";
    static final String READY = "ready after start";
    static final String PSS = "resident memory (Pss)";
    static final String RSS = "resident memory (Rss)";
    static final String FIRST = "ES256 in the first seconds after ready";
    static final String NOTHING = "calls of the least that do nothing, connections: 16";
    static final String NOTHING_CPU = "CPU of a call of the least that does nothing";
    static final String ONE_SLOT = "ES256 on 1 slot";
    static final String TEN_SLOTS = "ES256 over 10 slots";

    private Names() {}

    static String raw(RawToken.Use use, int threads) {
        return "%s raw, threads: %d".formatted(use, threads);
    }

    static String rate(RawToken.Use use, Mode mode, int connections) {
        return of("%s, connections: %d".formatted(use, connections), mode);
    }

    static String rawCpu(RawToken.Use use) {
        return "%s CPU raw".formatted(use);
    }

    static String cpu(RawToken.Use use, Mode mode) {
        return of("%s CPU".formatted(use), mode);
    }

    /** Without the worker's. */
    static String ownCpu(RawToken.Use use, Mode mode) {
        return of("%s CPU of the gateway's own process".formatted(use), mode);
    }

    static String rawBeside(String what) {
        return "ES256 raw beside %s".formatted(what);
    }

    static String batch(Mode mode) {
        return of("ES256 in batches of 100", mode);
    }

    static String keys(int keys, Mode mode) {
        return of("ES256 among %d keys".formatted(keys), mode);
    }

    static String of(String what, Mode mode) {
        return "%s (%s)".formatted(what, mode.word());
    }
}
