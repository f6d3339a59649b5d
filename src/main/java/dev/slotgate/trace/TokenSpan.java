package dev.slotgate.trace;

/** The span of a call of a token. */
public interface TokenSpan {

    /** None. */
    TokenSpan NONE = new TokenSpan() {
        @Override
        public void failed(String code) {}

        @Override
        public void end() {}
    };

    /** @param code what became of it, as callers are told */
    void failed(String code);

    void end();
}
