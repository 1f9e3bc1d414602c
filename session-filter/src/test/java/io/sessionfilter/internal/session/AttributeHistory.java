package io.sessionfilter.internal.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What threads did to one attribute of a session at once, and what they were told; and whether some order of these calls, in which each happens
 * at one moment between its begin and its end, explains all that they were told (linearizability, by the search of Wing and Gong). Since a
 * history is linearizable if and only if that of each object is, one history for each attribute is enough.
 */
final class AttributeHistory {
    /** Where in its end a session is; in the order in which it goes through them. */
    enum Phase {
        LIVE,
        /** Here nobody may use it; elsewhere it is alive. */
        ENDED_HERE,
        /** It has ended everywhere. */
        ENDED,
        /** Listeners are told: it can be used once more, and its attributes go one by one. */
        LEAVING,
        GONE;

        Phase next() {
            return switch (this) {
                case LIVE -> ENDED_HERE;
                case ENDED_HERE -> ENDED;
                case ENDED -> LEAVING;
                case LEAVING, GONE -> GONE;
            };
        }
    }

    /**
     * A value that was live once.
     *
     * @param until the end of the call that replaced it: it was so at some moment before that
     */
    record Replaced(@Nullable String value, long until) {}

    /**
     * All that counts of a session for one attribute.
     *
     * @param live what this app node has; {@code null}: none
     * @param stored what others find
     * @param between what has been live since what is stored was, the oldest first, with that
     */
    record State(@Nullable String live, @Nullable String stored, List<Replaced> between, Phase phase) {
        State with(@Nullable String newLive, long end) {
            List<Replaced> replaced = new ArrayList<>(between);
            replaced.add(new Replaced(live, end));
            return new State(newLive, stored, replaced, phase);
        }

        /** A commit stores what is live at some moment from its begin on, and never what is older than what is stored. */
        List<State> saved(long begin) {
            List<State> possible = new ArrayList<>();
            possible.add(new State(live, live, List.of(), phase));
            for (int i = 0; i < between.size(); i++) {
                if (between.get(i).until() > begin) {
                    List<Replaced> rest = List.copyOf(between.subList(i, between.size()));
                    possible.add(new State(live, between.get(i).value(), rest, phase));
                }
            }
            return possible;
        }

        State ending() {
            return new State(live, stored, between, phase.next());
        }

        boolean isStored() {
            return phase == Phase.LIVE || phase == Phase.ENDED_HERE;
        }
    }

    /** What a call makes of a state, with the answer that it gave; nothing: it cannot have given this answer there. */
    interface Effect extends Function<State, List<State>> {}

    private record Call(String what, long begin, long end, Effect effect) {}

    private final State start;
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

    AttributeHistory(@Nullable String value) {
        this.start = new State(value, value, List.of(), Phase.LIVE);
    }

    /** A clock of which no two moments are the same. */
    static final class Moments {
        private final AtomicInteger last = new AtomicInteger();

        long next() {
            return last.incrementAndGet();
        }
    }

    private void add(String what, long begin, long end, Effect effect) {
        calls.add(new Call(what, begin, end, effect));
    }

    void got(@Nullable String value, long begin, long end) {
        add("get: " + value, begin, end, state -> switch (state.phase()) {
            case LIVE -> Objects.equals(state.live(), value) ? List.of(state) : List.of();
            case LEAVING -> value == null || value.equals(state.live()) ? List.of(state) : List.of();
            default -> List.of();
        });
    }

    /** The attribute's name was, or was not, among all names. */
    void named(boolean there, long begin, long end) {
        add("names: " + (there ? "has it" : "has it not"), begin, end, state -> switch (state.phase()) {
            case LIVE -> there == (state.live() != null) ? List.of(state) : List.of();
            case LEAVING -> there && state.live() == null ? List.of() : List.of(state);
            default -> List.of();
        });
    }

    /**
     * A value was set, or, if it is {@code null}, removed.
     *
     * @param before what the caller was told had been there
     */
    void changed(@Nullable String value, @Nullable String before, long begin, long end) {
        add((value == null ? "remove" : "set " + value) + ": " + before, begin, end, state -> switch (state.phase()) {
            case LIVE -> Objects.equals(state.live(), before) ? List.of(state.with(value, end)) : List.of();
            case LEAVING -> List.of(state, state.with(value, end));
            default -> List.of();
        });
    }

    void saved(long begin, long end) {
        add("commit", begin, end, state -> state.isStored() ? state.saved(begin) : List.of());
    }

    void keyChanged(long begin, long end) {
        add("change key", begin, end, state -> {
            List<State> possible = new ArrayList<>();
            possible.add(state); // it had ended while this waited
            if (state.isStored()) {
                possible.addAll(state.saved(begin));
            }
            return possible;
        });
    }

    /** Another app node has read it. */
    void foundElsewhere(@Nullable String value, long begin, long end) {
        add(
                "elsewhere: " + value,
                begin,
                end,
                state -> state.isStored() && Objects.equals(state.stored(), value) ? List.of(state) : List.of());
    }

    /** The caller was told that the session has ended. */
    void refused(String what, long begin, long end) {
        add(what + ": ended", begin, end, state -> state.phase() == Phase.LIVE ? List.of() : List.of(state));
    }

    void invalidated(long begin, long end) {
        for (Phase phase : Phase.values()) {
            if (phase != Phase.GONE) {
                add(
                        "invalidate " + phase,
                        begin,
                        end,
                        state -> state.phase() == phase ? List.of(state.ending()) : List.of());
            }
        }
    }

    int size() {
        return calls.size();
    }

    /** What no order explains: the whole history, one line for each call; {@code null}: some order explains it. */
    @Nullable
    String unexplained() {
        List<Call> all = new ArrayList<>(calls);
        all.sort(Comparator.comparingLong(Call::begin));
        if (all.size() > Long.SIZE) {
            throw new IllegalStateException("too many calls to be searched: " + all.size());
        }
        return new Search(all).explains(0, start)
                ? null
                : "from " + start.live() + "\n"
                        + all.stream()
                                .map(call -> call.begin() + "-" + call.end() + " " + call.what())
                                .collect(Collectors.joining("\n"));
    }

    /** Depth first; a state that was reached by the same calls in another order leads nowhere twice. */
    private static final class Search {
        private final List<Call> all;
        private final Set<Point> seen = new HashSet<>();

        private record Point(long done, State state) {}

        Search(List<Call> all) {
            this.all = all;
        }

        boolean explains(long done, State state) {
            if (Long.bitCount(done) == all.size()) {
                return true;
            }
            if (!seen.add(new Point(done, state))) {
                return false;
            }
            long firstEnd = Long.MAX_VALUE;
            for (int i = 0; i < all.size(); i++) {
                if ((done & (1L << i)) == 0) {
                    firstEnd = Math.min(firstEnd, all.get(i).end());
                }
            }
            for (int i = 0; i < all.size() && all.get(i).begin() < firstEnd; i++) {
                if ((done & (1L << i)) == 0) {
                    for (State next : all.get(i).effect().apply(state)) {
                        if (explains(done | (1L << i), next)) {
                            return true;
                        }
                    }
                }
            }
            return false;
        }
    }
}
