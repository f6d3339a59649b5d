package dev.slotgate.bench;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What all threads of another JVM of this user allocated since its start, to the byte: the JVM itself counts it. */
final class Allocation implements AutoCloseable {

    private final JMXConnector connector;

    private Allocation(JMXConnector connector) {
        this.connector = connector;
    }

    @SuppressWarnings("BanJNDI") // The address is what a process of this user answered.
    static Allocation of(ProcessHandle process) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
        try {
            return new Allocation(JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
        } finally {
            machine.detach();
        }
    }

    long bytes() throws Exception {
        MBeanServerConnection beans = connector.getMBeanServerConnection();
        return (long) beans.getAttribute(new ObjectName("java.lang:type=Threading"), "TotalThreadAllocatedBytes");
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
