package io.sessionfilter.internal.session;

import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.internal.record.Segment;
import io.sessionfilter.merge.AttributeMerger;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application's mergers, and what becomes of an attribute if one of them fails. Safe for use by many threads. */
final class Merging {
    private static final Logger log = LoggerFactory.getLogger(Merging.class);

    private final Map<String, AttributeMerger> mergers;
    private final Forms forms;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    /** From values to segments and back. What it makes is told nothing: no value is passivated or activated by a merge. */
    interface Forms {
        Object decode(Segment segment) throws AttributeCodecException;

        Segment encode(Object value) throws AttributeCodecException;
    }

    /** @param mergers by the names of their attributes */
    Merging(Map<String, AttributeMerger> mergers, Forms forms) {
        this.mergers = Map.copyOf(mergers);
        this.forms = forms;
    }

    boolean isEmpty() {
        return mergers.isEmpty();
    }

    boolean has(String name) {
        return mergers.containsKey(name);
    }

    /**
     * Merges what was made of an attribute here and elsewhere.
     *
     * @param base {@code null}: there was no such attribute
     * @return {@code null}: that is not possible
     */
    @Nullable
    Segment merge(String name, @Nullable Segment base, Segment mine, Segment theirs) {
        AttributeMerger merger = mergers.get(name);
        if (merger == null) {
            return null;
        }
        try {
            Object merged =
                    merger.merge(base == null ? null : forms.decode(base), forms.decode(mine), forms.decode(theirs));
            return forms.encode(merged);
        } catch (AttributeCodecException | RuntimeException | Error e) { // whatever it is: the commit must go on
            if (reported.add(name)) {
                log.warn(
                        "session attribute \"{}\" could not be merged by {}: what another app node has stored of it at the same time is"
                                + " overwritten. Further cases of this attribute are counted only",
                        name,
                        merger.getClass().getName(),
                        e);
            }
            return null;
        }
    }
}
