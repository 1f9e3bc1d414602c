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

    /** References of 4 bytes (8 without compressed ones), 8 of them for each byte, then doubled. */
    @Override
    protected long mostAllocated(int bytes) {
        return 160L * bytes + (2 << 20);
    }

    @Override
    protected int fewestRefused(int damaged) {
        return damaged / 2;
    }
}
