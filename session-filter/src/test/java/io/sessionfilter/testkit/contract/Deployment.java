package io.sessionfilter.testkit.contract;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The application, deployed under several context paths on one or more app nodes of one container. */
final class Deployment {
    private final ContainerUnderTest container;
    private final Provider provider;
    private final Path directory;
    private final List<ContainerUnderTest.AppNode> nodes = new ArrayList<>();

    private Deployment(ContainerUnderTest container, Provider provider, Path directory) {
        this.container = container;
        this.provider = provider;
        this.directory = directory;
    }

    /**
     * Starts one app node per route.
     *
     * @param archives by context path
     */
    static Deployment start(
            ContainerUnderTest container, Provider provider, List<String> routes, Map<String, WebArchive> archives)
            throws Exception {
        Path directory = Files.createTempDirectory("contract-");
        Deployment deployment = new Deployment(container, provider, directory);
        try {
            for (String route : routes) {
                Map<String, Path> webApplications = new LinkedHashMap<>();
                for (Map.Entry<String, WebArchive> archive : archives.entrySet()) {
                    String name = archive.getKey().isEmpty()
                            ? "ROOT"
                            : archive.getKey().substring(1);
                    Path exploded =
                            Files.createDirectories(directory.resolve(route).resolve(name));
                    webApplications.put(archive.getKey(), archive.getValue().explodeTo(exploded));
                }
                Path work = Files.createDirectories(directory.resolve(route + "-work"));
                deployment.nodes.add(container.start(route, webApplications, work));
            }
            return deployment;
        } catch (Exception | LinkageError e) {
            deployment.stop();
            throw e;
        }
    }

    String containerName() {
        return container.name();
    }

    /** Whether the container has all that a test of these features needs. */
    boolean has(Feature... features) {
        return Arrays.stream(features).noneMatch(container.lacks()::contains);
    }

    Provider provider() {
        return provider;
    }

    URI uri(int node, String pathAndQuery) {
        return nodes.get(node).baseUri().resolve(pathAndQuery);
    }

    void stop() throws Exception {
        ContractResults.write(container.name(), provider);
        for (ContainerUnderTest.AppNode node : nodes) {
            node.stop();
        }
        delete(directory);
    }

    static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
