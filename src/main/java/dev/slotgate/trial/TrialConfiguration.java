package dev.slotgate.trial;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Has each start decide whether it is a trial. */
@Configuration(proxyBeanMethods = false)
@Import(Trial.class)
class TrialConfiguration {}
