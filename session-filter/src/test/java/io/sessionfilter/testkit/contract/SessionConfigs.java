package io.sessionfilter.testkit.contract;

/** The {@code session-config} elements of the contract's applications. */
final class SessionConfigs {
    /** What the container does without one. */
    static final String NONE = "";

    /**
     * All that {@code web.xml} can say of the cookie; {@code HttpOnly} too, because the containers differ in their
     * default.
     */
    static final String FULL = """
            <session-config>
                <session-timeout>7</session-timeout>
                <cookie-config>
                  <name>SID</name>
                  <domain>example.org</domain>
                  <path>/shared</path>
                  <http-only>true</http-only>
                  <secure>true</secure>
                  <max-age>7200</max-age>
                  <attribute>
                    <attribute-name>SameSite</attribute-name>
                    <attribute-value>Strict</attribute-value>
                  </attribute>
                </cookie-config>
              </session-config>""";

    /** Nothing of sessions, but their listeners: one that is declared, and one that registers another. */
    static final String LISTENERS = """
            <listener>
                <listener-class>io.sessionfilter.testkit.contract.app.RecordingListener</listener-class>
              </listener>
              <listener>
                <listener-class>io.sessionfilter.testkit.contract.app.ListenerRegistration</listener-class>
              </listener>""";

    private SessionConfigs() {}
}
