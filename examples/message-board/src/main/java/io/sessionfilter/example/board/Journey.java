package io.sessionfilter.example.board;

import java.io.Serializable;

/** Which app node answered for a session last, and how often that was another one than before. Changed in place, like {@link Draft}. */
public final class Journey implements Serializable {
    private static final long serialVersionUID = 1;

    private String appNode;
    private int moves;

    Journey(String appNode) {
        this.appNode = appNode;
    }

    void arriveAt(String answeringAppNode) {
        if (!appNode.equals(answeringAppNode)) {
            appNode = answeringAppNode;
            moves++;
        }
    }

    public int getMoves() {
        return moves;
    }
}
