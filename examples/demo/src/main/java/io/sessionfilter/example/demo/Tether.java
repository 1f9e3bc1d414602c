package io.sessionfilter.example.demo;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Runs another program's {@code main}, and ends this process when its standard input ends: that is, when the launcher which holds the
 * other end is gone, however it went.
 */
public final class Tether {
    private Tether() {}

    /** The first argument names the class to run, the others are for it. */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread watch = new Thread(Tether::endWithStandardInput, "tether");
        watch.setDaemon(true);
        watch.start();
        Method main = Class.forName(args[0]).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            e.printStackTrace();
            // Some thread that the program has started would keep a half-started process alive.
            System.exit(1);
        }
    }

    private static void endWithStandardInput() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; only the end counts.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        Runtime.getRuntime().halt(0);
    }
}
