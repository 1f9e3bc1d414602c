package io.sessionfilter.codec.fory;

import io.sessionfilter.codec.AttributeCodecProvider;
import io.sessionfilter.testkit.codec.CodecContract;

class ForyCodecTest extends CodecContract {
    @Override
    protected AttributeCodecProvider provider() {
        return new ForyCodecProvider();
    }

    @Override
    protected boolean worksWithoutUnsafe() {
        return false;
    }
}
