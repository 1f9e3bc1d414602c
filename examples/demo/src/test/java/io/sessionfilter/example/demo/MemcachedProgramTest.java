package io.sessionfilter.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemcachedProgramTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "memcached 1.6.18, 1.6.18",
        "memcached 1.6.39, 1.6.39",
        "memcached 1.7.0, 1.7.0",
        "memcached 2.0.1, 2.0.1"
    })
    void aVersionFromTheFloorOnIsTaken(String printed, String version) {
        assertThat(MemcachedProgram.versionOf(printed)).contains(version);
    }

    @ParameterizedTest
    @CsvSource({"memcached 1.6.17", "memcached 1.5.22", "memcached 0.9.99", "'sh: not found'"})
    void anOlderOneIsNot(String printed) {
        assertThat(MemcachedProgram.versionOf(printed)).isEmpty();
    }

    @Test
    void theProgramIsFoundOnThePath() throws IOException {
        Path program = directory.resolve("memcached");
        Files.writeString(program, "#!/bin/sh\necho memcached 1.6.40\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(MemcachedProgram.find("/nowhere:" + directory)).contains(new MemcachedProgram(program, "1.6.40"));
    }

    @Test
    void aPathThatLacksItHasNone() throws IOException {
        assertThat(MemcachedProgram.find("/nowhere:" + directory)).isEmpty();
    }
}
