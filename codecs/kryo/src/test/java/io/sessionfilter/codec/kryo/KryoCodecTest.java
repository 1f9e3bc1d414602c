package io.sessionfilter.codec.kryo;

import io.sessionfilter.codec.AttributeCodecProvider;
import io.sessionfilter.testkit.codec.CodecContract;

class KryoCodecTest extends CodecContract {
    @Override
    protected AttributeCodecProvider provider() {
        return new KryoCodecProvider();
    }

    @Override
    protected boolean worksWithoutUnsafe() {
        return true;
    }
}
