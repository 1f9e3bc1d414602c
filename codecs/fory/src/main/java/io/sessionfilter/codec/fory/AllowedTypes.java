package io.sessionfilter.codec.fory;

import io.sessionfilter.codec.CodecContext;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Set;
import org.apache.fory.context.MetaStringWriter;
import org.apache.fory.context.RefWriter;
import org.apache.fory.context.WriteContext;
import org.apache.fory.memory.MemoryUtils;
import org.apache.fory.resolver.TypeChecker;
import org.apache.fory.resolver.TypeResolver;
import org.apache.fory.type.Generics;

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
            if (!setup.isWrittenByFory(type) && !Proxy.isProxyClass(type)) { // Fory writes a number for all proxies
                describe(resolver, type);
            }
            return true;
        } catch (ClassNotFoundException e) {
            if (name.indexOf('/') >= 0) {
                return true; // a lambda or another hidden class: embedded, and so checked there
            }
            throw new IllegalStateException(e);
        }
    }

    /**
     * Lets Fory make the description of a class that it sends to the reader, while there is nothing yet but its serializer to make it from. Else
     * it does so when it reads one for the first time, without a serializer: as if the class were a bean; and sends that from then on.
     */
    private static void describe(TypeResolver resolver, Class<?> type) {
        WriteContext nowhere = new WriteContext(
                resolver.getConfig(), new Generics(), resolver, new RefWriter.NoRefWriter(), new MetaStringWriter());
        nowhere.prepare(MemoryUtils.buffer(256), null);
        resolver.writeTypeInfo(nowhere, resolver.getTypeInfo(type));
    }
}
