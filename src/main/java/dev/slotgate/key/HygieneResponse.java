package dev.slotgate.key;

import java.util.List;

/** The answer to {@code GET /slots/{slot}/hygiene}. */
record HygieneResponse(List<Finding> findings) {}
