package io.sessionfilter.codec.fory;

import io.sessionfilter.codec.ValueRefusedException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.memory.MemoryBuffer;
import org.apache.fory.reflect.ObjectInstantiator;
import org.apache.fory.resolver.TypeResolver;

/**
 * A bean, field by field. The first one of its class in a value is preceded by the names and kinds of the fields, so that classes may
 * gain, lose and move fields. A field of another kind, or a value that does not fit into its field, is refused.
 *
 * <p>Fory's own compatible mode puts a {@code String} into a {@code List} field and a {@code char} where a reference belongs, and takes
 * one value for another, if the type of a field has changed; and it believes forged bytes about types.
 */
final class Bean implements Body {
    private final Class<?> type;
    private final ObjectInstantiator<?> instantiator;
    private final Map<String, BeanField> fields = new LinkedHashMap<>();

    Bean(TypeResolver resolver, Class<?> type) {
        this.type = type;
        this.instantiator = resolver.getObjectInstantiator(type);
        for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                    field.setAccessible(true);
                    String name = field.getName();
                    // A superclass's field of the same name is told by its class.
                    fields.put(fields.containsKey(name) ? each.getName() + "." + name : name, new BeanField(field));
                }
            }
        }
    }

    @Override
    public void write(WriteContext context, Object bean) {
        if (context.getContextObject(this) == null) {
            context.putContextObject(this, fields);
            context.getBuffer().writeVarUInt32Small7(fields.size());
            fields.forEach((name, field) -> {
                context.writeString(name);
                context.getBuffer().writeByte((byte) field.kind());
            });
        }
        for (BeanField field : fields.values()) {
            field.write(context, bean);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // a context is a map of whatever serializers put there
    public Object read(ReadContext context) {
        Object bean = instantiator.newInstance();
        context.reference(bean);
        List<BeanField> written = (List<BeanField>) context.getContextObject(this);
        if (written == null) {
            written = readNames(context);
            context.putContextObject(this, written);
        }
        for (BeanField field : written) {
            field.read(context, bean);
        }
        return bean;
    }

    private List<BeanField> readNames(ReadContext context) {
        MemoryBuffer buffer = context.getBuffer();
        int count = buffer.readVarUInt32Small7();
        if (count < 0 || count > buffer.remaining()) {
            throw new ValueRefusedException("it is said to be longer than it is");
        }
        BeanField[] written = new BeanField[count];
        for (int i = 0; i < count; i++) {
            String name = context.readString();
            char kind = (char) buffer.readByte();
            BeanField known = fields.get(name);
            if (known != null && known.kind() != kind) {
                throw new ValueRefusedException(
                        "the field " + name + " of " + type.getName() + " has changed its type");
            }
            written[i] = known == null ? BeanField.gone(kind) : known;
        }
        return List.of(written);
    }
}
