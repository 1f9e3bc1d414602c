package io.sessionfilter.simulation;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Strings, and lists of strings; takes its time, so that others can change what is being written. */
final class SimulatedCodec implements AttributeCodec {
    private final Scheduler scheduler;

    SimulatedCodec(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public byte id() {
        return 126;
    }

    @Override
    public int fingerprint() {
        return 1;
    }

    @Override
    public void encode(Object value, OutputStream sink) throws AttributeCodecException {
        scheduler.pause();
        String text = value instanceof List<?> list ? "*" + String.join(",", strings(list)) : "=" + value;
        try {
            sink.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AttributeCodecException("cannot be encoded", e);
        }
    }

    private static List<String> strings(List<?> list) {
        return list.stream().map(Object::toString).toList();
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        scheduler.pause();
        return text.charAt(0) == '*'
                ? new ArrayList<>(Arrays.asList(text.substring(1).split(",")))
                : text.substring(1);
    }

    @Override
    public void close() {}
}
