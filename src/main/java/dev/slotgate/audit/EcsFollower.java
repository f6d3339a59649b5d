package dev.slotgate.audit;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.env.Environment;

/** Has the journal followed on standard output, too, when the configuration wants that. */
final class EcsFollower implements BeanRegistrar {

    @Override
    public void register(BeanRegistry registry, Environment settings) {
        if (AuditSettings.Output.ECS.name().equalsIgnoreCase(settings.getProperty("slotgate.audit.output"))) {
            registry.registerBean(
                    "ecsFollower",
                    JournalFollower.class,
                    bean -> bean.supplier(beans -> {
                        AuditJournal journal = beans.bean(AuditJournal.class);
                        var follower = new JournalFollower(
                                beans.bean(JournalHome.class), journal, new EcsOutput(System.out, journal));
                        follower.start();
                        return follower;
                    }));
        }
    }
}
