package io.sessionfilter.codec.fory;

import java.util.Collection;
import java.util.Map;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.resolver.TypeResolver;
import org.apache.fory.serializer.Serializer;
import org.apache.fory.serializer.collection.CollectionLikeSerializer;
import org.apache.fory.serializer.collection.MapLikeSerializer;

/** How a value is written and read, whatever its class. */
interface Body {
    void write(WriteContext context, Object value);

    Object read(ReadContext context);

    /** As one of Fory's own serializers does it. */
    @SuppressWarnings("unchecked") // asked for values of its own type only
    static Body of(Serializer<?> own) {
        Serializer<Object> serializer = (Serializer<Object>) own;
        return new Body() {
            @Override
            public void write(WriteContext context, Object value) {
                serializer.write(context, value);
            }

            @Override
            public Object read(ReadContext context) {
                return serializer.read(context);
            }
        };
    }

    /** A serializer that does so. Fory wants another kind of it for collections, and one more for maps. */
    static Serializer<?> serializer(TypeResolver resolver, Class<?> type, Body body) {
        if (Collection.class.isAssignableFrom(type)) {
            return new OfCollection<>(resolver, type, body);
        }
        return Map.class.isAssignableFrom(type)
                ? new OfMap<>(resolver, type, body)
                : new OfObject<>(resolver, type, body);
    }

    /** For whatever is neither a collection nor a map. */
    final class OfObject<T> extends Serializer<T> {
        private final Body body;

        OfObject(TypeResolver resolver, Class<T> type, Body body) {
            super(resolver.getConfig(), type);
            this.body = body;
        }

        @Override
        public void write(WriteContext context, T value) {
            body.write(context, value);
        }

        @Override
        @SuppressWarnings("unchecked") // a value of another class is what hostile bytes can make of any
        public T read(ReadContext context) {
            return (T) body.read(context);
        }
    }

    /** For collections. Fory calls none of the other methods, as generated classes would. */
    @SuppressWarnings({"rawtypes", "unchecked"}) // Fory's signatures are raw
    final class OfCollection<T> extends CollectionLikeSerializer<T> {
        private final Body body;

        OfCollection(TypeResolver resolver, Class<T> type, Body body) {
            super(resolver, type, false);
            this.body = body;
        }

        @Override
        public void write(WriteContext context, T value) {
            body.write(context, value);
        }

        @Override
        public T read(ReadContext context) {
            return (T) body.read(context);
        }

        @Override
        public Collection onCollectionWrite(WriteContext context, T value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public T onCollectionRead(Collection collection) {
            throw new UnsupportedOperationException();
        }
    }

    /** For maps, as {@link OfCollection}. */
    @SuppressWarnings({"rawtypes", "unchecked"}) // Fory's signatures are raw
    final class OfMap<T> extends MapLikeSerializer<T> {
        private final Body body;

        OfMap(TypeResolver resolver, Class<T> type, Body body) {
            super(resolver, type, false);
            this.body = body;
        }

        @Override
        public void write(WriteContext context, T value) {
            body.write(context, value);
        }

        @Override
        public T read(ReadContext context) {
            return (T) body.read(context);
        }

        @Override
        public Map onMapWrite(WriteContext context, T value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public T onMapRead(Map map) {
            throw new UnsupportedOperationException();
        }

        @Override
        public T onMapCopy(Map map) {
            throw new UnsupportedOperationException();
        }
    }
}
