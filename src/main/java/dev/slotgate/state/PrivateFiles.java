package dev.slotgate.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files for the owner only, where the file system knows owners. */
final class PrivateFiles {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OF_OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final int ROOT = 0;
    private static final Set<PosixFilePermission> OF_ROOT = EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_READ);

    private PrivateFiles() {}

    /** What a new file is made with. */
    static FileAttribute<?>[] forFiles() {
        return attributes("rw-------");
    }

    /** Makes the folder of a file, unless it is there. */
    static void makeFolderOf(Path file) throws IOException {
        Files.createDirectories(folderOf(file), attributes("rwx------"));
    }

    /** Makes a file, whole or not at all, also when the power fails. */
    static void make(Path file, byte[] content) throws IOException {
        makeFolderOf(file);
        Path unfinished =
                Files.createTempFile(folderOf(file), file.getFileName().toString(), ".new", forFiles());
        try {
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(content));
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        if (POSIX) {
            // The file is on the disk by now; its name only is when the folder is, too.
            try (FileChannel folder = FileChannel.open(folderOf(file), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    static boolean areOpenToOthers(Path file) throws IOException {
        return POSIX
                && areOpenToOthers((int) Files.getAttribute(file, "unix:uid"), Files.getPosixFilePermissions(file));
    }

    /** A group may read what is root's: so secrets are mounted for a program that is not root's, and libpq has the same rule. */
    static boolean areOpenToOthers(int owner, Set<PosixFilePermission> permissions) {
        return !(owner == ROOT ? OF_ROOT : OF_OWNER).containsAll(permissions);
    }

    private static Path folderOf(Path file) {
        return file.toAbsolutePath().normalize().resolveSibling("");
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
