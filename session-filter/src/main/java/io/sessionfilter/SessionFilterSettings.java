package io.sessionfilter;

import io.sessionfilter.internal.servlet.listener.ListenerClasses;
import java.util.ArrayList;
import java.util.EventListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What {@link SessionFilter#install} is told. Immutable.
 *
 * <p>Settings are given by the names and in the form of the table in the README, as they would be in {@code web.xml}, and are checked by
 * the same rules: they are the init-params of the filter that is installed, so that system properties and environment variables still come
 * before them.
 */
public final class SessionFilterSettings {
    static final String DEFAULT_FILTER_NAME = "session-filter";

    private final String filterName;
    private final Map<String, String> settings;
    private final List<EventListener> listeners;

    private SessionFilterSettings(Builder builder) {
        this.filterName = builder.filterName;
        this.settings = Map.copyOf(builder.settings);
        this.listeners = List.copyOf(builder.listeners);
    }

    /**
     * Settings and nothing else.
     *
     * @param settings values by the settings' names
     * @return what {@link SessionFilter#install} takes
     */
    public static SessionFilterSettings of(Map<String, String> settings) {
        return builder().setAll(settings).build();
    }

    /**
     * A builder to which nothing has been given yet.
     *
     * @return a new one
     */
    public static Builder builder() {
        return new Builder();
    }

    String filterName() {
        return filterName;
    }

    Map<String, String> settings() {
        return settings;
    }

    List<EventListener> listeners() {
        return listeners;
    }

    /** The names only: values may be secret. */
    @Override
    public String toString() {
        return "SessionFilterSettings[filterName=" + filterName + ", settings=" + settings.keySet() + "]";
    }

    /** Collects what makes {@link SessionFilterSettings}. Not for use by several threads. */
    public static final class Builder {
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final List<EventListener> listeners = new ArrayList<>();
        private String filterName = DEFAULT_FILTER_NAME;

        private Builder() {}

        /**
         * Gives a setting its value; of several for one name the last counts. Whether there is such a setting, and what it may be, is
         * checked by {@link SessionFilter#install}, which reports all problems together.
         *
         * @param name as in the README's table, such as {@code memcachedNodes}
         * @param value as it would be in {@code web.xml}
         * @return this
         */
        public Builder set(String name, String value) {
            settings.put(
                    Objects.requireNonNull(name, "name"),
                    Objects.requireNonNull(value, () -> "the value of setting " + name));
            return this;
        }

        /**
         * Gives several settings their values.
         *
         * @param values by the settings' names
         * @return this
         */
        public Builder setAll(Map<String, String> values) {
            values.forEach(this::set);
            return this;
        }

        /**
         * The name under which the filter is registered, {@code session-filter} if this is not called. Shows in messages and in JMX.
         *
         * @param name that no other filter of the web application has
         * @return this
         */
        public Builder filterName(String name) {
            filterName = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Adds a listener of sessions, in the order in which they are to be called. Those of the web application are found by themselves in
         * the containers that are known, and come first; one that is registered there too is called once.
         *
         * @param listener of sessions, of their attributes, or of their ids
         * @return this
         * @throws IllegalArgumentException if it is none of these
         */
        public Builder listener(EventListener listener) {
            if (!ListenerClasses.isSessionListener(listener.getClass())) {
                throw new IllegalArgumentException(listener.getClass().getName()
                        + " is none of HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener");
            }
            listeners.add(listener);
            return this;
        }

        /**
         * What was given until now.
         *
         * @return what {@link SessionFilter#install} takes
         */
        public SessionFilterSettings build() {
            return new SessionFilterSettings(this);
        }
    }
}
