package io.sessionfilter.testkit.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Damages bytes in the ways that networks, disks and attackers do. */
public final class Damage {
    private Damage() {}

    /** A damaged copy of more than 9 bytes: cut off, bits flipped, a length bomb, a few or many other bytes. */
    public static byte[] of(byte[] original, Random random) {
        byte[] damaged = original.clone();
        int at = random.nextInt(damaged.length - 8);
        switch (random.nextInt(5)) {
            case 0 -> {
                return Arrays.copyOf(damaged, random.nextInt(damaged.length));
            }
            case 1 -> {
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 2 -> ByteBuffer.wrap(damaged).putInt(at, Integer.MAX_VALUE >>> random.nextInt(12)); // a length bomb
            case 3 -> ByteBuffer.wrap(damaged).putLong(at, random.nextLong());
            default -> {
                int length = 1 + random.nextInt(Math.min(64, damaged.length - at));
                System.arraycopy(original, random.nextInt(original.length - length), damaged, at, length);
            }
        }
        return damaged;
    }
}
