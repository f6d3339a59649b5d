package dev.slotgate.hsm;

import java.util.List;

/** The modules of this gateway. */
public interface Modules {

    /** Every module, in the order of the configuration, as the gateway knows it without asking a token. */
    List<ModuleStatus> statuses();
}
