package io.sessionfilter.testkit.contract;

/** The {@code session-config} elements of the contract's applications. */
final class SessionConfigs {
    /** What the container does without one. */
    static final String NONE = "";

    /** A timeout of nine minutes. */
    static final String TIMEOUT_ONLY = """
            <session-config>
                <session-timeout>9</session-timeout>
              </session-config>""";

    /**
     * All that {@code web.xml} can say of the cookie; {@code HttpOnly} too, because the containers differ in their
     * default. A listener adds the max-age and a timeout of seven minutes.
     */
    static final String FULL = """
            <listener>
                <listener-class>io.sessionfilter.testkit.contract.app.SessionSettingsListener</listener-class>
              </listener>
              <session-config>
                <cookie-config>
                  <name>SID</name>
                  <domain>example.org</domain>
                  <path>/shared</path>
                  <http-only>true</http-only>
                  <secure>true</secure>
                  <attribute>
                    <attribute-name>SameSite</attribute-name>
                    <attribute-value>Strict</attribute-value>
                  </attribute>
                </cookie-config>
                <tracking-mode>COOKIE</tracking-mode>
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
