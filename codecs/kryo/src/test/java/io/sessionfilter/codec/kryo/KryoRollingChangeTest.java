package io.sessionfilter.codec.kryo;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.CodecContext;
import io.sessionfilter.internal.session.RollingCodecChange;

class KryoRollingChangeTest extends RollingCodecChange {
    @Override
    protected AttributeCodec create(CodecContext context) {
        return new KryoCodecProvider().create(context);
    }
}
