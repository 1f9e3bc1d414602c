package io.sessionfilter.bench.codecs;

/**
 * What a codec needs for one session.
 *
 * @param trial whether it can do it, and the bytes
 * @param encodeMicros CPU to write it; {@code NaN}: not known, as are those below
 * @param decodeMicros CPU to read it
 * @param spread how far the iterations differ, in percent
 * @param encodeBytes allocated to write it
 * @param decodeBytes allocated to read it
 * @param firstMillis from making the codec in a new process until it has written and read the session
 */
record CodecFigures(
        Trial trial,
        double encodeMicros,
        double decodeMicros,
        double spread,
        double encodeBytes,
        double decodeBytes,
        double firstMillis) {

    String codec() {
        return trial.codec();
    }

    String payload() {
        return trial.payload();
    }

    /** To write and read it. */
    double micros() {
        return encodeMicros + decodeMicros;
    }

    /** To write and read it. */
    double allocated() {
        return encodeBytes + decodeBytes;
    }
}
