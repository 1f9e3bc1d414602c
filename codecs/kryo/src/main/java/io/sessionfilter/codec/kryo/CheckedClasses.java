package io.sessionfilter.codec.kryo;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import io.sessionfilter.codec.CodecContext;
import java.util.HashMap;
import java.util.Map;

/** Finds classes by name in the application only, and only those that are allowed. */
final class CheckedClasses extends DefaultClassResolver {
    private final CodecContext context;
    private final Map<String, Class<?>> found = new HashMap<>();

    CheckedClasses(CodecContext context) {
        this.context = context;
    }

    @Override
    protected Class<?> getTypeByName(String name) {
        Class<?> type = found.get(name);
        if (type == null) {
            try {
                type = context.load(name);
            } catch (ClassNotFoundException e) {
                throw new KryoException("no class " + name, e);
            }
            found.put(name, type);
        }
        return type;
    }
}
