package io.sessionfilter.testkit.chaos;

import io.sessionfilter.simulation.FaultTable;
import io.sessionfilter.testkit.contract.ContainerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/**
 * Everything that can happen to real processes, on one container. The app nodes' logs stay in {@code target/chaos}, what was tried is written to {@code
 * target/faults}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ChaosContract {
    private static final Path DIRECTORY = Path.of("target", "chaos");

    private final Class<? extends ContainerUnderTest> container;
    private final String name;
    private final FaultTable table = new FaultTable();
    private @Nullable Cluster cluster;

    /**
     * Says where.
     *
     * @param container how to start an app node; has a constructor without parameters
     * @param name of the container, for the table of faults
     */
    protected ChaosContract(Class<? extends ContainerUnderTest> container, String name) {
        this.container = container;
        this.name = name;
    }

    @BeforeAll
    void start() throws IOException {
        if (Files.exists(DIRECTORY)) {
            try (Stream<Path> old = Files.walk(DIRECTORY)) {
                List<Path> deepestFirst = old.sorted(Comparator.reverseOrder()).toList();
                for (Path path : deepestFirst) {
                    Files.delete(path);
                }
            }
        }
        cluster = Cluster.start(container, DIRECTORY.toAbsolutePath());
        cluster.awaitWell(Cluster.TWO, Cluster.THREE, Cluster.STICKY);
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
        table.write(Path.of("target", "faults"), name);
    }

    @Nested
    class OfMemcachedNodes extends MemcachedFaults {
        @Override
        Cluster cluster() {
            return Objects.requireNonNull(cluster);
        }

        @Override
        FaultTable table() {
            return table;
        }
    }

    @Nested
    class OfTheNetwork extends NetworkFaults {
        @Override
        Cluster cluster() {
            return Objects.requireNonNull(cluster);
        }

        @Override
        FaultTable table() {
            return table;
        }
    }

    @Nested
    class OfAppNodes extends AppNodeFaults {
        @Override
        Cluster cluster() {
            return Objects.requireNonNull(cluster);
        }

        @Override
        FaultTable table() {
            return table;
        }
    }

    @Nested
    class OfIds extends Failover {
        @Override
        Cluster cluster() {
            return Objects.requireNonNull(cluster);
        }

        @Override
        FaultTable table() {
            return table;
        }
    }
}
