package io.sessionfilter.internal.session;

import io.sessionfilter.internal.record.Segment;
import io.sessionfilter.internal.record.SessionRecord;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From what this app node has made its value of an attribute that has a merger: what the application had got, and each state that was sent since. A value that replaces
 * another one goes on on the same branch. So it can be told, for any record, which of these states is the last that it contains, whatever was merged or stored on top of it:
 * the base of the next merge. Without that, what a commit without an answer has stored would be counted twice.
 *
 * <p>Changed under the lock of {@link Attributes}; may be read at any time.
 */
final class Branch {
    /** More tries than any number of commits under way can make between two that succeed; a bound for outages. */
    private static final int MAX_SENT = 256;

    /**
     * What a try of a commit has sent.
     *
     * @param form {@code null}: that the attribute is removed
     */
    private record Sent(CommitAttempt attempt, @Nullable Segment form) {}

    /**
     * What is known, to be read at once.
     *
     * @param contained the last state that is known to be in a stored record; {@code null}: there was no attribute
     * @param sent later states, in the order of sending. Of those that are in a record this is the order in which they got there, since each try encodes anew upon the record
     *     that it replaces
     */
    private record Known(@Nullable Segment contained, List<Sent> sent) {}

    private volatile Known known;

    /** One that begins with what the application gets of a record; {@code null}: there is no such attribute. */
    Branch(@Nullable Segment contained) {
        this.known = new Known(contained, List.of());
    }

    /** The last state of this branch that a record contains; {@code null}: that there is no such attribute. */
    @Nullable
    Segment containedIn(SessionRecord record) {
        Known now = known;
        int last = lastIn(record, now);
        return last < 0 ? now.contained : now.sent.get(last).form;
    }

    private static int lastIn(SessionRecord record, Known now) {
        int last = now.sent.size() - 1;
        while (last >= 0 && !now.sent.get(last).attempt.hasLedTo(record)) {
            last--;
        }
        return last;
    }

    /** A try of a commit is about to send a state; {@code null}: that the attribute is removed. */
    void sending(CommitAttempt attempt, @Nullable Segment form) {
        Known now = known;
        int forgotten = Math.max(0, now.sent.size() + 1 - MAX_SENT);
        List<Sent> sent = Stream.concat(now.sent.stream().skip(forgotten), Stream.of(new Sent(attempt, form)))
                .toList();
        known = new Known(now.contained, sent);
    }

    /** A commit is over. What it did not get round to send will be in no record. */
    void over(PendingCommit commit) {
        Known now = known;
        known = new Known(
                now.contained,
                now.sent.stream()
                        .filter(sent -> !sent.attempt.isOf(commit) || sent.attempt.hasBegun())
                        .toList());
    }

    /** A record is known to be stored. What was sent before the last state that it contains will be in no later one. */
    void stored(SessionRecord record) {
        Known now = known;
        int last = lastIn(record, now);
        if (last >= 0) {
            known = new Known(now.sent.get(last).form, List.copyOf(now.sent.subList(last + 1, now.sent.size())));
        }
    }

    /** A segment that is equal to the one that is contained takes its place, so that the record of that one can be collected. */
    void stored(Segment equal) {
        known = new Known(equal, known.sent);
    }
}
