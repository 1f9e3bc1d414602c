package io.sessionfilter.internal.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What somebody probably meant who wrote a name that does not exist. */
final class NearestName {
    private NearestName() {}

    /**
     * The known name that the fewest slips lead to, if they are few: one for every three letters. A slip is a letter
     * too many, too few or wrong, or two that changed places; upper and lower case do not count.
     */
    static Optional<String> to(String written, Collection<String> known) {
        String nearest = "";
        int fewest = Integer.MAX_VALUE;
        for (String candidate : known) {
            int slips = slips(written.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (slips < fewest) {
                nearest = candidate;
                fewest = slips;
            }
        }
        return fewest <= Math.min(written.length(), nearest.length()) / 3 ? Optional.of(nearest) : Optional.empty();
    }

    /** Optimal string alignment: Levenshtein's distance with neighbours changing places as one step. */
    static int slips(String from, String to) {
        int[][] distance = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            distance[i][0] = i;
        }
        for (int j = 0; j <= to.length(); j++) {
            distance[0][j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            for (int j = 1; j <= to.length(); j++) {
                int substitution = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                distance[i][j] = Math.min(
                        Math.min(distance[i - 1][j] + 1, distance[i][j - 1] + 1),
                        distance[i - 1][j - 1] + substitution);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    distance[i][j] = Math.min(distance[i][j], distance[i - 2][j - 2] + 1);
                }
            }
        }
        return distance[from.length()][to.length()];
    }
}
