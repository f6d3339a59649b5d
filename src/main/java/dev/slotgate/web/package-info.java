/** What every call over HTTP has in common: request ids and records, access, limits, problem details, the contract. */
@NullMarked
package dev.slotgate.web;

import org.jspecify.annotations.NullMarked;
