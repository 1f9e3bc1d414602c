package io.sessionfilter.internal.codec;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecProvider;
import io.sessionfilter.codec.CodecContext;
import io.sessionfilter.testkit.codec.CodecContract;

class JavaCodecContractTest extends CodecContract {
    @Override
    protected AttributeCodecProvider provider() {
        return new AttributeCodecProvider() {
            @Override
            public String name() {
                return JavaCodec.NAME;
            }

            @Override
            public AttributeCodec create(CodecContext context) {
                return context.javaSerialization();
            }
        };
    }

    @Override
    protected boolean worksWithoutUnsafe() {
        return true;
    }
}
