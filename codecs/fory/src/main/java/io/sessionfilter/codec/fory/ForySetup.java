package io.sessionfilter.codec.fory;

import io.sessionfilter.codec.CodecContext;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.fory.Fory;
import org.apache.fory.config.Language;
import org.apache.fory.logging.LogLevel;
import org.apache.fory.logging.LoggerFactory;
import org.apache.fory.resolver.TypeInfo;
import org.apache.fory.resolver.TypeResolver;
import org.apache.fory.serializer.JdkProxySerializer;
import org.apache.fory.serializer.LambdaSerializer;
import org.apache.fory.serializer.ReplaceResolveSerializer;
import org.apache.fory.serializer.Serializer;
import org.apache.fory.type.Types;

/**
 * Sets Fory up for sessions: it writes those values and collections of the JDK that it has serializers for, arrays, and enums by name.
 * {@link CodecContext#isPlain Plain} beans are written {@link Bean by us}, and the rest is {@link JavaBody embedded}.
 *
 * <p>Without the classes that Fory can generate at run time: they cannot see those of an application that are not public, take a second to make,
 * and are several times as fast as this, which is several times as fast as Java serialization.
 */
final class ForySetup {
    /** More than is written: Fory may count more levels when it reads than when it writes. */
    private static final int MAX_READ_DEPTH = 2 * SessionFory.MAX_WRITTEN_DEPTH;

    /** The ids that Fory gives to classes of its own choice. */
    private static final int LAST_ID = 250;

    /** What a byte can become: an entry of a map. */
    private static final long MEMORY_PER_BYTE = 200;

    private static final long MEMORY = 4 << 20;

    /** What Fory reads without asking whether it is allowed, or not as it was, or sometimes not at all. */
    private static final Set<Class<?>> EMBEDDED = Set.of(
            ArrayBlockingQueue.class,
            Class.class,
            ConcurrentHashMap.KeySetView.class,
            Locale.class,
            PriorityQueue.class,
            SerializedLambda.class,
            LambdaSerializer.ReplaceStub.class,
            JdkProxySerializer.ReplaceStub.class,
            ReplaceResolveSerializer.ReplaceStub.class);

    private static final Set<Class<?>> IMMUTABLE_LISTS =
            Set.of(List.of().getClass(), List.of(1).getClass());

    private static final Set<Class<?>> SORTED =
            Set.of(ConcurrentSkipListMap.class, ConcurrentSkipListSet.class, TreeMap.class, TreeSet.class);

    /** Collections and maps that may hold themselves. */
    private static final Set<Class<?>> MADE_FIRST = Set.of(
            ArrayDeque.class,
            ArrayList.class,
            Collections.newSetFromMap(new HashMap<>()).getClass(),
            ConcurrentHashMap.class,
            EnumMap.class,
            HashMap.class,
            HashSet.class,
            LinkedBlockingQueue.class,
            LinkedHashMap.class,
            LinkedHashSet.class,
            LinkedList.class,
            Vector.class);

    static {
        LoggerFactory.setLogLevel(LogLevel.ERROR_LEVEL);
    }

    private final CodecContext context;
    private final Body java;
    private final Set<Class<?>> ofTheJdk = new HashSet<>();

    private ForySetup(CodecContext context) {
        this.context = context;
        this.java = new JavaBody(context.javaSerialization());
    }

    static TypeResolver create(CodecContext context) {
        ForySetup setup = new ForySetup(context);
        Fory fory = setup.build();
        setup.replaceSerializers(fory);
        fory.getTypeResolver().finishRegistration();
        return fory.getTypeResolver();
    }

    private Fory build() {
        Fory fory = Fory.builder()
                .withLanguage(Language.JAVA)
                .withClassLoader(context.classLoader())
                .withRefTracking(true)
                .withCompatible(true)
                .withDeserializeUnknownClass(false)
                .serializeEnumByName(true)
                .requireClassRegistration(false)
                .suppressClassRegistrationWarnings(true)
                .registerGuavaTypes(false)
                .withTypeChecker(new AllowedTypes(context, this))
                .withJdkClassSerializableCheck(false)
                .withCodegen(false)
                .withMaxDepth(MAX_READ_DEPTH)
                .withMaxGraphMemoryBytes(MEMORY + MEMORY_PER_BYTE * context.maxBytes())
                .build();
        fory.registerSerializerFactory((resolver, type) ->
                isWrittenByFory(type) ? null : Body.serializer(resolver, type, body(resolver, type)));
        return fory;
    }

    /** Those classes that Fory writes by numbers, and reads without asking for more. */
    private void replaceSerializers(Fory fory) {
        TypeResolver resolver = fory.getTypeResolver();
        for (TypeInfo each : numbered(resolver)) {
            Class<?> type = each.getType();
            Serializer<?> own = each.getSerializer();
            if (own == null || EMBEDDED.contains(type) || !isAllowed(type)) {
                fory.registerSerializer(type, Body.serializer(resolver, type, java));
                continue;
            }
            ofTheJdk.add(type);
            if (holdsOthers(type)) {
                fory.registerSerializer(type, Body.serializer(resolver, type, container(type, Body.of(own))));
            }
        }
    }

    private static Body container(Class<?> type, Body own) {
        if (IMMUTABLE_LISTS.contains(type)) {
            return Container.madeLast(new ImmutableList());
        }
        if (SORTED.contains(type)) {
            return Container.sorted(own);
        }
        return MADE_FIRST.contains(type) ? Container.madeFirst(own) : Container.madeLast(own);
    }

    private static List<TypeInfo> numbered(TypeResolver resolver) {
        List<TypeInfo> all = new ArrayList<>();
        for (int id = 0; id < LAST_ID; id++) {
            TypeInfo info = Types.isUserDefinedType((byte) id) ? null : resolver.getTypeInfoByTypeId(id);
            if (info != null && !info.getType().isPrimitive()) {
                all.add(info);
            }
        }
        return all;
    }

    private boolean isAllowed(Class<?> type) {
        Class<?> element = type.isArray() ? type.getComponentType() : type;
        return element.isPrimitive() || context.classFilter().allows(element);
    }

    private static boolean holdsOthers(Class<?> type) {
        return Collection.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || type == Optional.class
                || type == AtomicReference.class;
    }

    private Body body(TypeResolver resolver, Class<?> type) {
        // A collection of the application's own is more to Fory than its fields.
        return context.isPlain(type) && !holdsOthers(type) ? new Bean(resolver, type) : java;
    }

    /** By its own means. */
    boolean isWrittenByFory(Class<?> type) {
        return type.isArray()
                || Modifier.isAbstract(type.getModifiers())
                || Enum.class.isAssignableFrom(type)
                || ofTheJdk.contains(type);
    }
}
