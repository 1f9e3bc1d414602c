package io.sessionfilter.bench.codecs;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user asks for.
 *
 * @param quick in a few minutes
 * @param own the user's own sessions; {@code null}: none
 */
public record CodecOptions(boolean quick, @Nullable OwnPayload own) {
    private static final String CLASS_PATH = "--class-path";
    private static final String PAYLOAD = "--payload";

    /**
     * Understands the arguments of the command line.
     *
     * @param arguments behind {@code codecs}
     * @param directory that the user is in, to which paths are relative
     * @throws BenchUsageException if they are not understood
     */
    public static CodecOptions of(List<String> arguments, Path directory) throws BenchUsageException {
        boolean quick = false;
        String classPath = null;
        String factory = null;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            switch (argument) {
                case "--quick" -> quick = true;
                case CLASS_PATH -> classPath = value(argument, rest);
                case PAYLOAD -> factory = value(argument, rest);
                default ->
                    throw new BenchUsageException("there is no option " + argument + ": there are --quick, "
                            + CLASS_PATH + " my.jar and " + PAYLOAD + " my.Factory");
            }
        }
        if ((classPath == null) != (factory == null)) {
            throw new BenchUsageException(CLASS_PATH + " and " + PAYLOAD
                    + " go together: the one says where your classes are, the other which of them makes a session");
        }
        return new CodecOptions(
                quick, classPath == null || factory == null ? null : OwnPayload.of(classPath, factory, directory));
    }

    private static String value(String option, Iterator<String> rest) throws BenchUsageException {
        if (!rest.hasNext()) {
            throw new BenchUsageException(option + " needs a value");
        }
        return rest.next();
    }
}
