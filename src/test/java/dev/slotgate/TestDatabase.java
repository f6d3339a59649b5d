package dev.slotgate;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Empty databases with the gateway's schema, of each kind that the gateway runs on. */
public enum TestDatabase {
    H2 {
        @Override
        public DataSource create() {
            var database = new JdbcDataSource();
            database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            return database;
        }
    },
    /** A real server on a free port; it ends with the test process. */
    POSTGRESQL {
        @Override
        public DataSource create() {
            // Without a pool each statement would be a process of the server's.
            var pool = new HikariDataSource();
            pool.setDataSource(Server.RUNNING.getDatabase("postgres", newDatabase()));
            pool.setMinimumIdle(0);
            return pool;
        }
    };

    /** A new one for each caller. */
    public JdbcClient open() {
        return JdbcClient.create(migrated());
    }

    /** A new one for each caller, for tests of transactions and of several connections. */
    public DataSource migrated() {
        DataSource database = create();
        Flyway.configure().dataSource(database).load().migrate();
        return database;
    }

    /** A new one without a table. */
    public abstract DataSource create();

    /** The URL of a new, empty database of PostgreSQL, for a gateway that is another process. */
    static String postgresqlUrl() {
        return "jdbc:postgresql://localhost:" + Server.RUNNING.getPort() + "/" + newDatabase();
    }

    private static String newDatabase() {
        String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
        JdbcClient.create(Server.RUNNING.getPostgresDatabase())
                .sql("create database " + name)
                .update();
        return name;
    }

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
