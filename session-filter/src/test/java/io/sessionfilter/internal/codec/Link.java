package io.sessionfilter.internal.codec;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A chain of objects, as deep as it is long when serialized. */
final class Link implements Serializable {
    private static final long serialVersionUID = 1L;

    private @Nullable Link next;

    static Link chain(int length) {
        Link head = new Link();
        for (int i = 0; i < length; i++) {
            Link link = new Link();
            link.next = head;
            head = link;
        }
        return head;
    }

    int length() {
        int length = 0;
        for (Link link = next; link != null; link = link.next) {
            length++;
        }
        return length;
    }
}
