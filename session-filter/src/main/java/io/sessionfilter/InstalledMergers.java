package io.sessionfilter;

import io.sessionfilter.merge.AttributeMerger;
import io.sessionfilter.merge.AttributeMergerProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The mergers of one web application: those of the setting {@code attributeMergers}, and those that its libraries bring along. */
final class InstalledMergers {
    private final ClassLoader loader;
    private final Map<String, AttributeMerger> found = new HashMap<>();

    private InstalledMergers(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Finds and makes them.
     *
     * @param classNames of the setting, by the names of their attributes
     * @param loader of the web application
     * @return by the names of their attributes
     * @throws SessionFilterConfigException if one cannot be made, or if it is not clear which one is meant
     */
    static Map<String, AttributeMerger> find(Map<String, String> classNames, ClassLoader loader) {
        InstalledMergers mergers = new InstalledMergers(loader);
        mergers.load();
        classNames.forEach((attribute, className) -> mergers.found.put(attribute, mergers.make(attribute, className)));
        return Map.copyOf(mergers.found);
    }

    private void load() {
        try {
            for (AttributeMergerProvider provider : ServiceLoader.load(AttributeMergerProvider.class, loader)) {
                provider.mergers().forEach((attribute, merger) -> {
                    AttributeMerger other = found.put(attribute, merger);
                    if (other != null) {
                        throw new SessionFilterConfigException("attribute \"" + attribute + "\" has two mergers, "
                                + other.getClass().getName() + " and "
                                + merger.getClass().getName()
                                + ", which two AttributeMergerProviders bring along: leave one of them out");
                    }
                });
            }
        } catch (ServiceConfigurationError e) {
            throw new SessionFilterConfigException(
                    "an AttributeMergerProvider that META-INF/services names cannot be made: " + e.getMessage(), e);
        }
    }

    private AttributeMerger make(String attribute, String className) {
        String setting = "attributeMergers: " + attribute + "=" + className + ": ";
        try {
            Object made = Class.forName(className, true, loader)
                    .getDeclaredConstructor()
                    .newInstance();
            if (made instanceof AttributeMerger merger) {
                return merger;
            }
            throw new SessionFilterConfigException(
                    setting + "the class must implement " + AttributeMerger.class.getName());
        } catch (ClassNotFoundException e) {
            throw new SessionFilterConfigException(
                    setting + "there is no such class in the web application; correct the name, or add the class", e);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new SessionFilterConfigException(
                    setting + "the class and its constructor without parameters must be public", e);
        } catch (ReflectiveOperationException | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new SessionFilterConfigException(setting + "it cannot be made: " + cause, e);
        }
    }
}
