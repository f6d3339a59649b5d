package dev.slotgate.remote;

import dev.slotgate.hsm.StartRefused;
import dev.slotgate.security.Caller;
import dev.slotgate.security.Scope;
import dev.slotgate.security.SlotAccess;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How PKCS#11 applications reach the gateway.
 *
 * @param socket whether there is a Unix socket
 * @param socketPath where; {@code pkcs11.sock} in the data folder when it is not set
 * @param port for TLS with client certificates; none when it is absent
 * @param address that the port is on
 * @param strict whether a template that asks for more than the key policy allows is refused, and not narrowed
 * @param clients who may connect, and what they may do
 */
@ConfigurationProperties(RemoteSettings.PREFIX)
record RemoteSettings(
        @DefaultValue("false") boolean socket,
        @Nullable Path socketPath,
        @Nullable Integer port,
        @DefaultValue("127.0.0.1") InetAddress address,
        @DefaultValue("false") boolean strict,
        @DefaultValue List<Client> clients) {

    static final String PREFIX = "slotgate.pkcs11";

    /** Whether processes of other users of the machine are to reach the socket. */
    boolean isForOtherUsers() {
        return clients.stream().anyMatch(client -> client.user != null);
    }

    /**
     * A client.
     *
     * @param subject that of its certificate, for example {@code CN=billing,O=Example}
     * @param user the user of the machine whose processes it is, on the Unix socket
     * @param scopes what it may do, as access tokens have it
     * @param slots their ids, or {@code *}
     */
    record Client(
            @Nullable String subject,
            @Nullable String user,
            @DefaultValue List<String> scopes,
            @DefaultValue List<String> slots) {

        private static final String KEY = PREFIX + ".clients";
        private static final Pattern SLOT = Pattern.compile("[0-9]{1,9}");

        Client {
            if ((subject == null) == (user == null)) {
                throw new StartRefused(KEY + ": each client needs a subject or a user, and not both.");
            }
            if (subject != null && !isName(subject)) {
                throw new StartRefused(
                        KEY + ".subject is '" + subject + "', and must be a name like CN=billing,O=Example.");
            }
            refuseOther(scopes, Scope.all(), "scopes", "no scope");
            slots.stream()
                    .filter(slot -> !slot.equals("*") && !SLOT.matcher(slot).matches())
                    .findFirst()
                    .ifPresent(wrong -> {
                        throw new StartRefused(KEY + ".slots has '" + wrong + "', which is neither a slot id nor '*'.");
                    });
        }

        private static boolean isName(String subject) {
            try {
                return !new X500Principal(subject).getName().isEmpty();
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private static void refuseOther(List<String> given, List<String> known, String what, String why) {
            given.stream().filter(each -> !known.contains(each)).findFirst().ifPresent(wrong -> {
                throw new StartRefused(KEY + "." + what + " has '" + wrong + "', which is " + why + ".");
            });
        }

        boolean isOf(X500Principal principal) {
            return subject != null && new X500Principal(subject).equals(principal);
        }

        boolean isOfUser(String name) {
            return name.equals(user);
        }

        /** It as a caller of this name. */
        Caller caller(String name) {
            var ids = new HashSet<Integer>();
            slots.stream().filter(slot -> !slot.equals("*")).forEach(slot -> ids.add(Integer.valueOf(slot)));
            return new Caller(
                    name, null, Set.copyOf(scopes), new SlotAccess(slots.contains("*"), Set.copyOf(ids)), null);
        }
    }
}
