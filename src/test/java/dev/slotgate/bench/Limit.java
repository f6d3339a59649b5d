package dev.slotgate.bench;

/** What a figure may be at most, or must be at least. */
record Limit(String unit, boolean most, double inProcess, double worker) {

    static Limit most(String unit, double inProcess, double worker) {
        return new Limit(unit, true, inProcess, worker);
    }

    static Limit least(String unit, double inProcess, double worker) {
        return new Limit(unit, false, inProcess, worker);
    }

    double of(Mode mode) {
        return mode == Mode.IN_PROCESS ? inProcess : worker;
    }

    boolean allows(Mode mode, double value) {
        return most ? value <= of(mode) : value >= of(mode);
    }
}
