package io.sessionfilter.internal.session;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.record.Segment;
import io.sessionfilter.merge.AttributeMerger;
import java.util.ConcurrentModificationException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From attribute values to segments and back, with the codecs of this web application. Safe for use by many threads. */
public final class AttributeCoding {
    private static final Logger log = LoggerFactory.getLogger(AttributeCoding.class);

    /** Another request may be changing a collection that is being encoded; a moment later it may be done. */
    private static final int MAX_TRIES = 20;

    /** What was reported once is not reported again; so many different names no honest application has. */
    private static final int MAX_REPORTED = 1_000;

    private final ValueCoding coding;
    private final Predicate<Object> immutable;
    private final @Nullable Pattern storedNames;
    private final Options options;
    private final Metrics metrics;
    private final SessionObserver observer;
    private final Merging merging;
    private final Set<String> reportedLosses = ConcurrentHashMap.newKeySet();
    private final Set<String> reportedUnreadable = ConcurrentHashMap.newKeySet();

    /**
     * What is told to the application, and expected of it.
     *
     * @param developmentMode whether it is told at once of a value that cannot be stored, or not as it is
     * @param failUnreadable whether it is told of a value that cannot be read, or has none
     * @param compared which values a commit compares with what is stored
     */
    public record Options(boolean developmentMode, boolean failUnreadable, ComparedValues compared) {
        static final Options PRODUCTION = new Options(false, false, ComparedValues.HANDED_OUT);
    }

    /** For values that want to hear of nothing, and as in production. */
    public AttributeCoding(
            AttributeCodec codec, Predicate<Object> immutable, @Nullable Pattern storedNames, Metrics metrics) {
        this(
                ValueCoding.by(codec),
                immutable,
                storedNames,
                Map.of(),
                Options.PRODUCTION,
                metrics,
                SessionObserver.NONE);
    }

    /**
     * @param coding which codecs write and read
     * @param immutable tells of a value whether it is known that it cannot change in place
     * @param storedNames the names of the attributes that are stored, others stay on this app node; {@code null}: all are
     * @param mergers of the application, by the names of their attributes
     * @param observer is told of values that are passivated and activated
     */
    public AttributeCoding(
            ValueCoding coding,
            Predicate<Object> immutable,
            @Nullable Pattern storedNames,
            Map<String, AttributeMerger> mergers,
            Options options,
            Metrics metrics,
            SessionObserver observer) {
        this.coding = coding;
        this.immutable = immutable;
        this.storedNames = storedNames;
        this.options = options;
        this.metrics = metrics;
        this.observer = observer;
        this.merging = new Merging(mergers, new Merging.Forms() {
            @Override
            public Object decode(Segment segment) throws AttributeCodecException {
                return coding.decode(segment);
            }

            @Override
            public Segment encode(Object value) throws AttributeCodecException {
                return AttributeCoding.this.encode(value);
            }
        });
    }

    Merging merging() {
        return merging;
    }

    /** Whether any attribute has a merger. */
    boolean merges() {
        return !merging.isEmpty();
    }

    /** Whether the attribute has a merger. One that is not stored is not merged. */
    boolean isMerged(String name) {
        return merging.has(name) && isStored(name);
    }

    SessionObserver observer() {
        return observer;
    }

    /** Whether an attribute that cannot be read is there, and asking for it fails. */
    boolean failsUnreadable() {
        return options.failUnreadable();
    }

    boolean isStored(String name) {
        return storedNames == null || storedNames.matcher(name).matches();
    }

    boolean isMutable(Object value) {
        return !immutable.test(value);
    }

    /** Whether a value that a request only asked for is compared, for it may have changed it in place. */
    boolean comparesRead() {
        return options.compared() != ComparedValues.SET;
    }

    /** Whether values are compared that no request was handed. */
    boolean comparesAll() {
        return options.compared() == ComparedValues.ALL;
    }

    /**
     * In development mode, tries whether a value can be stored and read again, and warns if it is not the same then.
     *
     * @throws IllegalArgumentException if not
     */
    void check(String name, Object value, SessionUse session) {
        if (options.developmentMode() && isStored(name)) {
            try {
                Object read = coding.decode(encode(value, session));
                String loss = RoundTrip.loss(value, read);
                if (loss != null && reportedLosses.size() < MAX_REPORTED && reportedLosses.add(name + loss)) {
                    log.warn(
                            "session attribute \"{}\" of class {} does not come back from memcached as it is: {}",
                            name,
                            value.getClass().getName(),
                            loss);
                }
            } catch (AttributeCodecException e) {
                throw new IllegalArgumentException(
                        "session attribute \"" + name + "\" of class "
                                + value.getClass().getName()
                                + " cannot be stored, which developmentMode=true does not let pass: " + e.getMessage(),
                        e);
            }
        }
    }

    /** Encodes a value that is passivated for it, and activated again. */
    Segment encode(Object value, SessionUse session) throws AttributeCodecException {
        observer.passivating(session, value);
        try {
            return encode(value);
        } finally {
            observer.activated(session, value);
        }
    }

    private Segment encode(Object value) throws AttributeCodecException {
        for (int tries = 1; ; tries++) {
            try {
                return coding.encode(value, observer.hearsUnbinding(value));
            } catch (AttributeCodecException e) {
                if (tries == MAX_TRIES || !isConcurrentModification(e)) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    /**
     * What a value is written as that was read from this segment and not changed; {@code null} if it cannot be read or written. The copy that is
     * made for it is told nothing: a value that registers itself when it is activated must not do so twice.
     */
    @Nullable
    Segment encodeAsRead(Segment read) {
        try {
            return encode(coding.decode(read));
        } catch (AttributeCodecException e) {
            return null; // then nobody can say that the value is unchanged; it is stored as it is now
        }
    }

    /** Whether a value could not be encoded because somebody was changing it. */
    static boolean isConcurrentModification(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConcurrentModificationException) {
                return true;
            }
        }
        return false;
    }

    /** Decodes a value and activates it; {@link LiveValue#UNREADABLE}, counted and logged once per attribute name, if that cannot be done. */
    Object decode(String name, Segment segment, SessionUse session) {
        try {
            Object value = coding.decode(segment);
            observer.activated(session, value);
            return value;
        } catch (AttributeCodecException e) {
            metrics.count(Counter.ATTRIBUTES_UNREADABLE);
            if (reportedUnreadable.size() < MAX_REPORTED && reportedUnreadable.add(name)) {
                log.warn(
                        "session attribute \"{}\" cannot be read{}; what is stored stays as it is. Further cases of this attribute"
                                + " are counted only",
                        name,
                        options.failUnreadable() ? "" : " and is hidden",
                        e);
            }
            return LiveValue.UNREADABLE;
        }
    }
}
