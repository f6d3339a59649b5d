package dev.slotgate.key;

import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.PublicKeyInfo;
import dev.slotgate.hsm.Usage;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What the keys were that left, wrapped: a key comes back as nothing else than it was. */
@Repository
class WrappedKeys {

    private final JdbcClient database;
    private final JsonMapper json;

    WrappedKeys(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** Before the wrapped key is given out. */
    void add(byte[] wrapped, Key key, KeyMetadata metadata) {
        PublicKey publicKey = key.publicKey();
        try {
            of(
                            "insert into wrapped_key (sha256, type, bits, usage_word, extractable, public_key, grants, algorithms) "
                                    + "values (:sha256, :type, :bits, :usage, :extractable, :public, :grants, :algorithms)",
                            wrapped,
                            metadata)
                    .param("type", key.type().name())
                    .param("bits", metadata.sizeOf(key))
                    .param("usage", key.usage().iterator().next().word())
                    .param("extractable", key.attributes().extractable())
                    .param(
                            "public",
                            publicKey == null ? null : Base64.getEncoder().encodeToString(publicKey.getEncoded()))
                    .update();
        } catch (DuplicateKeyException e) {
            // AES key wrap gives the same for the same key each time; what holds of the key may have changed.
            of(
                            "update wrapped_key set grants = :grants, algorithms = :algorithms where sha256 = :sha256",
                            wrapped,
                            metadata)
                    .update();
        }
    }

    private JdbcClient.StatementSpec of(String sql, byte[] wrapped, KeyMetadata metadata) {
        return database.sql(sql)
                .param("sha256", digest(wrapped))
                .param("grants", json.writeValueAsString(metadata.grants()))
                .param("algorithms", Algorithms.written(metadata.algorithms()));
    }

    /** Empty for what was not wrapped here. */
    Optional<Known> find(byte[] wrapped) {
        return database.sql(
                        "select type, bits, usage_word, extractable, public_key, grants, algorithms from wrapped_key "
                                + "where sha256 = :sha256")
                .param("sha256", digest(wrapped))
                .query((row, _) -> read(row))
                .optional();
    }

    private static String digest(byte[] wrapped) {
        return HexFormat.of().formatHex(Hash.SHA_256.digest(wrapped));
    }

    private Known read(ResultSet row) throws SQLException {
        int bits = row.getInt("bits");
        String publicKey = row.getString("public_key");

        return new Known(
                KeyType.valueOf(row.getString("type")),
                bits == 0 ? null : bits,
                Usage.of(row.getString("usage_word")).orElseThrow(),
                row.getBoolean("extractable"),
                publicKey == null ? null : decode(publicKey),
                json.readValue(row.getString("grants"), new TypeReference<List<Grant>>() {}),
                Algorithms.read(row.getString("algorithms")));
    }

    private static PublicKey decode(String publicKey) {
        try {
            return PublicKeyInfo.decode(Base64.getDecoder().decode(publicKey));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the database holds what was written to it", e);
        }
    }

    /** What a wrapped key was. */
    record Known(
            KeyType type,
            @Nullable Integer bits,
            Usage usage,
            boolean extractable,
            @Nullable PublicKey publicKey,
            List<Grant> grants,
            @Nullable List<String> algorithms) {

        /** What holds of the key that comes back: what held of the one that left, as far as that was restricted. */
        KeyMetadata rule(KeyMetadata told) {
            return told.ruledBy(grants, algorithms == null ? told.algorithms() : algorithms);
        }
    }
}
