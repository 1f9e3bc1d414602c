package io.sessionfilter.codec.fst;

import io.sessionfilter.codec.AttributeCodecProvider;
import io.sessionfilter.testkit.codec.CodecContract;

class FstCodecTest extends CodecContract {
    @Override
    protected AttributeCodecProvider provider() {
        return new FstCodecProvider();
    }

    @Override
    protected boolean worksWithoutUnsafe() {
        return false;
    }
}
