package dev.slotgate.key;

import java.util.List;

/**
 * Something about keys that ought to be mended.
 *
 * @param kind in short, for programs
 * @param keys the ids of those it is about
 * @param detail a sentence
 * @param remedy the call that mends it
 */
record Finding(String kind, List<String> keys, String detail, String remedy) {}
