package dev.slotgate.hsm;

import java.util.List;

/** What a token can do, and what the gateway makes of it. */
public record TokenMechanisms(List<TokenMechanism> mechanisms, List<AlgorithmSupport> algorithms) {}
