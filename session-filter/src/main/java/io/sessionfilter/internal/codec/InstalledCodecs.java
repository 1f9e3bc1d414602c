package io.sessionfilter.internal.codec;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.codec.AttributeCodecProvider;
import io.sessionfilter.codec.CodecContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The codecs that an application has: the JDK's, and those whose providers are found in the application's class loader or in ours. One of
 * them writes; all of them read, so that the codec can be changed while app nodes are restarted one by one.
 *
 * <p>A codec that is there but cannot work here (its self-test fails) stops the start if it was chosen; else it is left out, with one WARN.
 */
public final class InstalledCodecs implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(InstalledCodecs.class);

    /** Those that session-filter has artifacts for. */
    private static final List<String> OURS = List.of("kryo", "fst", "fory");

    /** A service loader that fails again and again is asked no more. */
    private static final int MAX_ERRORS = 100;

    private final AttributeCodec chosen;
    private final Map<String, AttributeCodec> byName = new LinkedHashMap<>();

    private InstalledCodecs(AttributeCodec chosen, Collection<AttributeCodec> all) {
        this.chosen = chosen;
        all.forEach(codec -> byName.put(codec.name(), codec));
    }

    /**
     * Finds and tries them.
     *
     * @param name of the codec that is to write
     * @param context what they work with
     * @throws AttributeCodecException if there is none of that name, or it cannot work here; the message says what to do
     */
    public static InstalledCodecs find(String name, CodecContext context) throws AttributeCodecException {
        Search search = new Search(context);
        AttributeCodec chosen = search.codecs.get(name);
        if (chosen == null) {
            search.codecs.values().forEach(AttributeCodec::close);
            throw search.failed.containsKey(name) ? search.failed.get(name) : missing(name, search);
        }
        search.failed.forEach((failed, why) -> log.warn(
                "the codec \"{}\" is on the class path but is not used, not even to read what other app nodes have written"
                        + " with it: {}",
                failed,
                why.getMessage()));
        return new InstalledCodecs(chosen, search.codecs.values());
    }

    private static AttributeCodecException missing(String name, Search search) {
        String toDo = OURS.contains(name)
                ? "add the artifact io.sessionfilter:session-filter-codec-" + name + " to the application"
                : "there are " + String.join(", ", search.codecs.keySet()) + " here, and artifacts"
                        + " io.sessionfilter:session-filter-codec-... of " + String.join(", ", OURS);
        String broken = search.broken.isEmpty() ? "" : " (and could not be loaded: " + search.broken + ")";
        return new AttributeCodecException(
                "there is no codec \"" + name + "\" on the class path" + broken + ": " + toDo);
    }

    /** The one that writes. */
    public AttributeCodec chosen() {
        return chosen;
    }

    /** All that read, the chosen one included. */
    public Collection<AttributeCodec> all() {
        return List.copyOf(byName.values());
    }

    @Override
    public void close() {
        byName.values().forEach(AttributeCodec::close);
    }

    /** What was found, and what became of it. */
    private static final class Search {
        private final CodecContext context;
        private final Map<String, AttributeCodec> codecs = new LinkedHashMap<>();
        private final Map<Byte, String> nameOfId = new LinkedHashMap<>();
        private final Map<String, AttributeCodecException> failed = new LinkedHashMap<>();
        private final List<String> broken = new ArrayList<>();

        Search(CodecContext context) {
            this.context = context;
            tryOut(new Java());
            loadFrom(context.classLoader());
            loadFrom(InstalledCodecs.class.getClassLoader());
        }

        /** What the application has comes first; ours finds the same again where the one is the other's parent. */
        private void loadFrom(@Nullable ClassLoader loader) {
            for (var each = ServiceLoader.load(AttributeCodecProvider.class, loader).stream()
                            .iterator();
                    hasNext(each); ) {
                try {
                    tryOut(each.next().get());
                } catch (ServiceConfigurationError | LinkageError e) {
                    isBroken(e);
                }
            }
        }

        private boolean hasNext(Iterator<?> providers) {
            for (int errors = 0; errors < MAX_ERRORS; errors++) {
                try {
                    return providers.hasNext();
                } catch (ServiceConfigurationError | LinkageError e) {
                    isBroken(e); // of another copy of session-filter, or without its serializer; the next may do
                }
            }
            return false;
        }

        private void isBroken(Throwable thrown) {
            String why = String.valueOf(thrown.getMessage());
            if (!broken.contains(why)) {
                broken.add(why);
            }
        }

        private void tryOut(AttributeCodecProvider provider) {
            String name = provider.name();
            if (codecs.containsKey(name) || failed.containsKey(name)) {
                return;
            }
            AttributeCodec codec = null;
            try {
                codec = provider.create(context);
                String owner = nameOfId.putIfAbsent(codec.id(), name);
                if (!codec.name().equals(name) || codec.id() < 1) {
                    throw new AttributeCodecException("the codec \"" + name + "\" is wrong: it calls itself \""
                            + codec.name() + "\" and has the id " + codec.id());
                }
                if (owner != null) {
                    throw new AttributeCodecException(
                            "the codec \"" + name + "\" has the id " + codec.id() + " of the codec \"" + owner
                                    + "\": two that read each other's bytes cannot be used together");
                }
                CodecSelfTest.run(codec, context.maxBytes());
                codecs.put(name, codec);
            } catch (AttributeCodecException e) {
                failed.put(name, e);
            } catch (Exception | LinkageError e) {
                failed.put(
                        name,
                        new AttributeCodecException("the codec \"" + name + "\" cannot be used in this JVM: " + e, e));
            } finally {
                if (codec != null && !codecs.containsKey(name)) {
                    codec.close();
                }
            }
        }
    }

    private static final class Java implements AttributeCodecProvider {
        @Override
        public String name() {
            return JavaCodec.NAME;
        }

        @Override
        public AttributeCodec create(CodecContext context) {
            return context.javaSerialization();
        }
    }
}
