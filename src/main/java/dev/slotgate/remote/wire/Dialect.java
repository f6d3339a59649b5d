package dev.slotgate.remote.wire;

/** What a client's release speaks, as the first byte that it sends tells. */
public enum Dialect {
    /** Up to 0.24. */
    V0(0),
    /** 0.25.0 to 0.25.5. */
    V1(1),
    /** From 0.25.6 on. */
    V2(2);

    private final int version;

    Dialect(int version) {
        this.version = version;
    }

    /** Of what a client offers; what is newer than this gateway gets the newest that it knows. */
    public static Dialect offered(int version) {
        return switch (version) {
            case 0 -> V0;
            case 1 -> V1;
            default -> V2;
        };
    }

    /** What the client is answered: the version that both speak. */
    public int version() {
        return version;
    }

    /**
     * Whether a mechanism says if a parameter follows. It changed with 0.25.6, whatever version was agreed on: what the client
     * offered tells it.
     */
    boolean marksParameters() {
        return this == V2;
    }

    /** Whether a query of attributes says what is asked of each nested one. */
    boolean nestsQueries() {
        return this != V0;
    }
}
