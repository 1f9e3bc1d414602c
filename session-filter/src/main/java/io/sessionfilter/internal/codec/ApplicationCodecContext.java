package io.sessionfilter.internal.codec;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.ClassFilter;
import io.sessionfilter.codec.CodecContext;

/** What the codecs of one application work with. */
public final class ApplicationCodecContext implements CodecContext {
    private final ClassLoader loader;
    private final ClassFilter filter;
    private final int maxBytes;
    private final AttributeCodec java;
    private final PlainTypes plainTypes = new PlainTypes();

    /**
     * Makes one.
     *
     * @param loader the application's
     * @param filter which classes may be written and read
     * @param maxBytes the most that one value may take
     */
    public ApplicationCodecContext(ClassLoader loader, ClassFilter filter, int maxBytes) {
        this.loader = loader;
        this.filter = filter;
        this.maxBytes = maxBytes;
        this.java = new JavaCodec(loader, filter, maxBytes);
    }

    @Override
    public ClassLoader classLoader() {
        return loader;
    }

    @Override
    public ClassFilter classFilter() {
        return filter;
    }

    @Override
    public int maxBytes() {
        return maxBytes;
    }

    @Override
    public AttributeCodec javaSerialization() {
        return java;
    }

    @Override
    public boolean isPlain(Class<?> type) {
        return plainTypes.contains(type);
    }
}
