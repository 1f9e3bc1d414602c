package io.sessionfilter.codec.fory;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.codec.CodecContext;
import io.sessionfilter.internal.session.RollingCodecChange;

class ForyRollingChangeTest extends RollingCodecChange {
    @Override
    protected AttributeCodec create(CodecContext context) throws AttributeCodecException {
        return new ForyCodecProvider().create(context);
    }
}
