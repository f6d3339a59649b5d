package dev.slotgate.key;

import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.KeyId;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The certificates above those of keys, in the database. They are of one certificate, and nothing to another of the key. */
@Repository
class CertificateIssuers {

    private static final String OF_KEY =
            " where serial = :serial and generation = " + KeyMetadataStore.GENERATION + " and key_id = :key";

    private static final String UPDATE =
            "update key_certificate_issuers set fingerprint = :fingerprint, issuers = :issuers" + OF_KEY;
    private static final String INSERT =
            "insert into key_certificate_issuers (serial, generation, key_id, fingerprint, issuers) values (:serial, "
                    + KeyMetadataStore.GENERATION + ", :key, :fingerprint, :issuers)";

    private final JdbcClient database;

    CertificateIssuers(JdbcClient database) {
        this.database = database;
    }

    void put(String serial, KeyId key, CertificateChain chain) {
        if (chain.issuers().isEmpty()) {
            remove(serial, key);
        } else if (write(UPDATE, serial, key, chain) == 0) {
            try {
                write(INSERT, serial, key, chain);
            } catch (DuplicateKeyException e) {
                // Somebody else was first, and the last one's hold.
                write(UPDATE, serial, key, chain);
            }
        }
    }

    private int write(String sql, String serial, KeyId key, CertificateChain chain) {
        return database.sql(sql)
                .param("serial", serial)
                .param("key", key.hex())
                .param("fingerprint", fingerprint(chain.leaf()))
                .param(
                        "issuers",
                        chain.issuers().stream()
                                .map(Base64.getEncoder()::encodeToString)
                                .collect(Collectors.joining(" ")))
                .update();
    }

    /** Each in DER. */
    List<byte[]> of(String serial, KeyId key, byte[] leaf) {
        return database.sql("select issuers from key_certificate_issuers" + OF_KEY + " and fingerprint = :fingerprint")
                .param("serial", serial)
                .param("key", key.hex())
                .param("fingerprint", fingerprint(leaf))
                .query(String.class)
                .optional()
                .map(text -> Arrays.stream(text.split(" "))
                        .map(Base64.getDecoder()::decode)
                        .toList())
                .orElse(List.of());
    }

    void remove(String serial, KeyId key) {
        database.sql("delete from key_certificate_issuers" + OF_KEY)
                .param("serial", serial)
                .param("key", key.hex())
                .update();
    }

    private static String fingerprint(byte[] certificate) {
        return HexFormat.of().formatHex(Hash.SHA_256.digest(certificate));
    }
}
