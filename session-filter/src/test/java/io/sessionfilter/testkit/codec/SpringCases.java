package io.sessionfilter.testkit.codec;

import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/** What Spring Security puts into sessions. */
final class SpringCases {
    private SpringCases() {}

    static List<TypeCase> all() {
        return List.of(
                TypeCase.equal("Spring Security's SecurityContext", SpringCases::context),
                TypeCase.seen(
                        "Spring Security's CSRF token",
                        () -> new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", "abc"),
                        token -> token.getToken() + token.getHeaderName()));
    }

    private static SecurityContextImpl context() {
        User user = new User("alice", "", AuthorityUtils.createAuthorityList("ROLE_USER", "ROLE_ADMIN"));
        return new SecurityContextImpl(
                UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities()));
    }
}
