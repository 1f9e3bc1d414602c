package io.sessionfilter.example.boot;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.session.HttpSessionEventPublisher;

/** A login form, CSRF tokens in the session (Spring Security's default), and one login per user at a time. */
@Configuration
class Security {
    @Bean
    SecurityFilterChain filterChain(HttpSecurity http, SessionRegistry logins) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .formLogin(Customizer.withDefaults())
                .sessionManagement(session -> session.maximumSessions(1).sessionRegistry(logins))
                .build();
    }

    /** Each app node knows the logins that it has seen: with several of them, it is one login per user and app node. */
    @Bean
    SessionRegistry logins() {
        return new SessionRegistryImpl();
    }

    /** Tells Spring Security of sessions that end; Spring Boot makes it a listener of the web application. */
    @Bean
    HttpSessionEventPublisher sessionEvents() {
        return new HttpSessionEventPublisher();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("anna").password("{noop}secret").build(),
                User.withUsername("ben").password("{noop}secret").build(),
                User.withUsername("carla").password("{noop}secret").build());
    }
}
