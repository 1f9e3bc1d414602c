package io.sessionfilter.internal.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A place where settings are given, the strongest first: how names are spelt there, and how messages call it. */
enum Source {
    SYSTEM_PROPERTY(SettingSources.PROPERTY_PREFIX, "system property "),
    ENVIRONMENT(SettingSources.VARIABLE_PREFIX, "environment variable "),
    INIT_PARAM("", "init-param "),
    CONTEXT_PARAM(SettingSources.PROPERTY_PREFIX, "context-param ");

    /**
     * What Kubernetes (and Docker's links) put into the environment for a service whose name is, or begins with,
     * {@code session-filter}. No setting ends like that.
     */
    private static final Pattern SERVICE_VARIABLE =
            Pattern.compile("SESSION_FILTER_(SERVICE_.*|PORT.*|.+_SERVICE_(HOST|PORT|PORT_.+)"
                    + "|.+_PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

    private final String prefix;
    private final String title;

    Source(String prefix, String title) {
        this.prefix = prefix;
        this.title = title;
    }

    /** The values given here, by their full names, in the order of these. */
    Map<String, String> valuesIn(SettingSources sources) {
        return switch (this) {
            case SYSTEM_PROPERTY -> sources.systemProperties();
            case ENVIRONMENT -> sources.environment();
            case INIT_PARAM -> sources.initParams();
            case CONTEXT_PARAM -> sources.contextParams();
        };
    }

    /** How a setting is called here in full. */
    String fullName(Setting<?> setting) {
        return prefix + shortName(setting);
    }

    private String shortName(Setting<?> setting) {
        return this == ENVIRONMENT ? setting.upperSnakeName() : setting.name();
    }

    /** Names that are meant for us but that no setting has. */
    List<String> unknownNamesIn(SettingSources sources) {
        Set<String> known = Settings.ALL.stream().map(this::fullName).collect(Collectors.toSet());
        return valuesIn(sources).keySet().stream()
                .filter(name -> !known.contains(name) && !isForeign(name))
                .toList();
    }

    private boolean isForeign(String fullName) {
        return this == ENVIRONMENT && SERVICE_VARIABLE.matcher(fullName).matches();
    }

    /** What to say of such a name. Not a word of its value: it may be a password under a misspelt name. */
    String problemOfUnknown(String fullName) {
        String unprefixed = fullName.substring(prefix.length());
        String name = unprefixed.startsWith(SettingSources.PROPERTY_PREFIX)
                ? unprefixed.substring(SettingSources.PROPERTY_PREFIX.length())
                : unprefixed;
        return Optional.ofNullable(Settings.SUPERSEDED.get(this == ENVIRONMENT ? camelCase(name) : name))
                .orElseGet(() -> "there is no such setting"
                        + nearestTo(name)
                                .map(nearest -> "; is " + prefix + nearest + " meant?")
                                .orElse(""));
    }

    private Optional<String> nearestTo(String shortName) {
        List<String> known = Settings.ALL.stream().map(this::shortName).toList();
        return NearestName.to(shortName, known);
    }

    private static String camelCase(String upperSnakeName) {
        return Pattern.compile("_([a-z])")
                .matcher(upperSnakeName.toLowerCase(Locale.ROOT))
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }

    /** "init-param sticky of filter "sessions"", for messages. */
    String describe(String fullName, SettingSources sources) {
        String filter = this == INIT_PARAM ? " of filter " + Quoted.text(sources.filterName()) : "";
        return title + Quoted.plain(fullName) + filter;
    }
}
