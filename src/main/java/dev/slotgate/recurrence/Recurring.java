package dev.slotgate.recurrence;

/**
 * A bean with work that comes again. It says so by its type, and not by an annotation on a method: to look for one at every
 * method of every bean takes a twentieth of the start.
 */
public interface Recurring {

    Recurrence recurrence();
}
