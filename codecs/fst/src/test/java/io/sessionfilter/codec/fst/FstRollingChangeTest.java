package io.sessionfilter.codec.fst;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.codec.CodecContext;
import io.sessionfilter.internal.session.RollingCodecChange;

class FstRollingChangeTest extends RollingCodecChange {
    @Override
    protected AttributeCodec create(CodecContext context) throws AttributeCodecException {
        return new FstCodecProvider().create(context);
    }
}
