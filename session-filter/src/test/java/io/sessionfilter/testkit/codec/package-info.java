/**
 * The codec contract: one abstract test, {@link io.sessionfilter.testkit.codec.CodecContract}, run for each codec, those of others too. Its
 * verdicts are compared with the table of {@code docs/codecs.md}.
 */
package io.sessionfilter.testkit.codec;
