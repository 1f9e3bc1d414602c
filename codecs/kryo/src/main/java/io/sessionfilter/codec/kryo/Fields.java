package io.sessionfilter.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.sessionfilter.codec.ValueRefusedException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A bean, field by field. The first one of its class in a value is preceded by the names and kinds of the fields, so that classes may
 * gain, lose and move fields. A field of another kind, or a value that does not fit into its field, is refused.
 *
 * <p>Kryo's own {@code CompatibleFieldSerializer} drops a value that does not fit, puts a {@code String} into a {@code List} field, and loses
 * count of references when it skips a field; and it needs {@code sun.misc.Unsafe}, or generated code that cannot see an application's classes.
 */
final class Fields extends Serializer<Object> {
    private final Class<?> type;
    private final Map<String, BeanField> fields = new LinkedHashMap<>();

    Fields(Class<?> type) {
        this.type = type;
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
    @SuppressWarnings("unchecked") // a context is a map of whatever serializers put there
    public void write(Kryo kryo, Output output, Object bean) {
        if (kryo.getGraphContext().put(this, fields) == null) {
            output.writeVarInt(fields.size(), true);
            fields.forEach((name, field) -> {
                output.writeString(name);
                output.writeByte(field.kind());
            });
        }
        for (BeanField field : fields.values()) {
            field.write(kryo, output, bean);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // a context is a map of whatever serializers put there
    public Object read(Kryo kryo, Input input, Class<?> ignored) {
        Object bean = kryo.newInstance(type);
        kryo.reference(bean);
        List<BeanField> written = (List<BeanField>) kryo.getGraphContext().get(this);
        if (written == null) {
            written = readNames((BoundedInput) input);
            kryo.getGraphContext().put(this, written);
        }
        for (BeanField field : written) {
            field.read(kryo, input, bean);
        }
        return bean;
    }

    private List<BeanField> readNames(BoundedInput input) {
        BeanField[] written = new BeanField[input.readCount()];
        for (int i = 0; i < written.length; i++) {
            String name = Objects.requireNonNullElse(input.readString(), "");
            char kind = (char) input.readByte();
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
