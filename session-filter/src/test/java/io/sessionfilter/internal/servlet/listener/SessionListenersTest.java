package io.sessionfilter.internal.servlet.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.sessionfilter.internal.session.SessionUse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens when others change a session between two steps of ours. */
class SessionListenersTest {
    private final List<String> heard = new ArrayList<>();
    private final HttpSession session = mock();
    private final SessionUse use = mock();
    private final SessionListeners listeners = new SessionListeners(List.of(new Attributes()));
    private final Value value = new Value("value");

    @Test
    void aValueThatAnotherThreadHasSetMeanwhileIsToldOnceMoreThatItIsUnbound() {
        when(use.setAttribute("a", value)).thenReturn(value);

        listeners.setAttribute(session, use, "a", value);

        assertThat(heard).containsExactly("bound value", "unbound value", "replaced value");
    }

    @Test
    void aValueThatAnotherThreadHasRemovedMeanwhileIsToldThatItIsBound() {
        when(use.holds("a", value)).thenReturn(true);

        listeners.setAttribute(session, use, "a", value);

        assertThat(heard).containsExactly("bound value", "added value");
    }

    @Test
    void aValueOfASessionThatHasEndedMeanwhileIsUnbound() {
        when(use.setAttribute("a", value)).thenThrow(new IllegalStateException("ended"));

        assertThatIllegalStateException().isThrownBy(() -> listeners.setAttribute(session, use, "a", value));

        assertThat(heard).containsExactly("bound value", "unbound value");
    }

    @Test
    void removingNothingIsToldToNobody() {
        listeners.removeAttribute(session, use, "a");

        assertThat(heard).isEmpty();
    }

    @Test
    void listenersWhoseClassesAreBrokenDoNotKeepOthersFromHearing() {
        HttpSessionListener broken = mock();
        HttpSessionListener last = mock();
        doThrow(new NoClassDefFoundError("com/acme/Missing")).when(broken).sessionCreated(any());

        new SessionListeners(List.of(broken, last)).created(session);

        verify(last).sessionCreated(any(HttpSessionEvent.class));
    }

    @Test
    void nobodyObservesWhereThereIsNoListener() {
        SessionListeners none = new SessionListeners(List.of("something else"));

        assertThat(none.observesSessions()).isFalse();
        assertThat(none.observesAttributes()).isFalse();
        assertThat(none.hearsUnbinding("text")).isFalse();
        assertThat(none.hearsUnbinding(value)).isTrue();
    }

    private final class Attributes implements HttpSessionAttributeListener {
        @Override
        public void attributeAdded(HttpSessionBindingEvent event) {
            heard.add("added " + event.getValue());
        }

        @Override
        public void attributeReplaced(HttpSessionBindingEvent event) {
            heard.add("replaced " + event.getValue());
        }
    }

    private final class Value implements HttpSessionBindingListener {
        private final String name;

        Value(String name) {
            this.name = name;
        }

        @Override
        public void valueBound(HttpSessionBindingEvent event) {
            heard.add("bound " + name);
        }

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            heard.add("unbound " + name);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
