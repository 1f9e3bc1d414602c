package io.sessionfilter.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class NodeExceptionTest {
    /** As by a test runner in another process, or by a log appender that sends events over the network. */
    @Test
    void itCanBeSentToAnotherProcess() throws Exception {
        NodeException failure = new NodeException(NodeException.Kind.UNKNOWN, new NodeId("n1"), "no answer", null);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            NodeException read = (NodeException) in.readObject();
            assertThat(read).hasMessage("no answer");
            assertThat(read.node()).isEqualTo(new NodeId("n1"));
            assertThat(read.kind()).isEqualTo(NodeException.Kind.UNKNOWN);
        }
    }
}
