package io.sessionfilter.codec.fory;

import io.sessionfilter.codec.CodecContext;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Set;
import org.apache.fory.resolver.ClassResolver;
import org.apache.fory.resolver.TypeChecker;
import org.apache.fory.resolver.TypeResolver;

/** Asks the class filter, for one instance of Fory, and throws what the user is to be told. */
final class AllowedTypes implements TypeChecker {
    private final CodecContext context;
    private final ForySetup setup;

    /** Found to be allowed, and known to Fory as what they are. */
    private final Set<String> known = new HashSet<>();

    AllowedTypes(CodecContext context, ForySetup setup) {
        this.context = context;
        this.setup = setup;
    }

    @Override
    public boolean checkType(TypeResolver resolver, String name) {
        if (known.contains(name)) {
            return true;
        }
        try {
            Class<?> type = Class.forName(name, false, context.classLoader());
            // Fory also asks for the declared types of fields: what has no instances of its own need not be allowed.
            if (type.isArray() || !Modifier.isAbstract(type.getModifiers())) {
                context.check(type);
            }
            known.add(name);
            if (!setup.isWrittenByFory(type) && !Proxy.isProxyClass(type)) {
                // Fory takes a class for a bean as long as it has no serializer, and then does not know the class that
                // was
                // written. All proxies are one class to it.
                ((ClassResolver) resolver).getSerializer(type);
            }
            return true;
        } catch (ClassNotFoundException e) {
            if (name.indexOf('/') >= 0) {
                return true; // a lambda or another hidden class: embedded, and so checked there
            }
            throw new IllegalStateException(e);
        }
    }
}
