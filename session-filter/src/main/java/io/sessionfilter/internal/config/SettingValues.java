package io.sessionfilter.internal.config;

import io.sessionfilter.SessionFilterConfigException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The values of all settings, checked: every setting's value is read, whether or not the program asks for it later,
 * and every name in every source is looked at. All problems are reported at once.
 */
final class SettingValues {
    private final Map<Setting<?>, Object> given = new HashMap<>();

    private SettingValues() {}

    /**
     * Reads and checks all.
     *
     * @throws SessionFilterConfigException if there is any problem; its message has one line for each
     */
    static SettingValues read(SettingSources sources) {
        SettingValues values = new SettingValues();
        List<String> problems = new ArrayList<>();
        for (Setting<?> setting : Settings.ALL) {
            values.read(setting, sources, problems);
        }
        for (Source source : Source.values()) {
            source.unknownNamesIn(sources)
                    .forEach(name ->
                            problems.add(source.describe(name, sources) + ": " + source.problemOfUnknown(name)));
        }
        if (problems.isEmpty()) {
            problems.addAll(SettingRules.problems(values));
        }
        if (!problems.isEmpty()) {
            throw new SessionFilterConfigException("session-filter cannot start, its configuration is wrong:"
                    + problems.stream().map(problem -> "\n - " + problem).collect(Collectors.joining()));
        }
        return values;
    }

    /** The value given, else the default; only for settings that have one of the two. */
    <T> T get(Setting<T> setting) {
        return find(setting)
                .or(setting::defaultValue)
                .orElseThrow(() -> new NoSuchElementException(setting.name() + " has no value"));
    }

    /** The value given. */
    @SuppressWarnings("unchecked") // read() puts what the type of this very setting gave
    <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable((T) given.get(setting));
    }

    private void read(Setting<?> setting, SettingSources sources, List<String> problems) {
        Optional<Source> strongest = Stream.of(Source.values())
                .filter(source -> source.valuesIn(sources).containsKey(source.fullName(setting)))
                .findFirst();
        if (strongest.isPresent()) {
            readFrom(strongest.get(), setting, sources, problems);
        } else if (setting.isRequired()) {
            String places = Stream.of(Source.values())
                    .map(source -> source.describe(source.fullName(setting), sources))
                    .collect(Collectors.joining(", "));
            problems.add(setting.name() + " is required, but none of these is set: " + places + "; write "
                    + setting.type().allowed());
        }
    }

    private void readFrom(Source source, Setting<?> setting, SettingSources sources, List<String> problems) {
        String fullName = source.fullName(setting);
        String where = source.describe(fullName, sources) + ": ";
        String text = source.valuesIn(sources).getOrDefault(fullName, "").strip();
        try {
            if (text.isEmpty() && setting.type().isImplemented()) {
                throw new InvalidValueException("is empty; leave it out for the default, or write "
                        + setting.type().allowed());
            }
            given.put(setting, setting.type().parse(text));
        } catch (InvalidValueException e) {
            e.problems().forEach(problem -> problems.add(where + problem));
        }
    }
}
