package io.sessionfilter.internal.session;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.CodecContext;

class RollingCodecChangeTest extends RollingCodecChange {
    @Override
    protected AttributeCodec create(CodecContext context) {
        return new TestCodec();
    }
}
