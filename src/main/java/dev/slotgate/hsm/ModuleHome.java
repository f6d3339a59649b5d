package dev.slotgate.hsm;

/**
 * What a module asks of the gateway, and tells it.
 *
 * @param pins the user PINs of the slots
 * @param latch remembers refused ones
 * @param watcher is told of slots that can be used; must not be kept waiting for what it does
 */
public record ModuleHome(SlotPins pins, PinLatch latch, SlotWatcher watcher) {}
