package io.sessionfilter.example.boot;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.context.annotation.SessionScope;

/** What a customer wants to buy: one per session. Serializable, and no more: that it is changed in place is noticed. */
@Component
@SessionScope
public class Cart implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<String> articles = new ArrayList<>();

    /**
     * Puts something into it.
     *
     * @param article its name
     */
    public void add(String article) {
        articles.add(article);
    }

    /** What is in it, in the order in which it was added. */
    public List<String> articles() {
        return List.copyOf(articles);
    }
}
