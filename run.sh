#!/bin/sh
# The demonstration: the message board on a Tomcat and a Jetty behind a sticky balancer, its sessions in two memcached nodes.
# Needs a JDK (17 or newer) and Maven; asks nothing; Ctrl-C stops every process it started.
#
#   ./run.sh [--port N] [--codec X]   start it; X: java, kryo, fst, fory (how session attributes become bytes)
#   ./run.sh --check [--codec X]      start it, drive it as a browser would, stop it; exit status 0 if all is as it should be
#   ./run.sh node NAME ORDER          to the one that runs, from another terminal: kill, freeze, thaw, restart, status
set -eu
cd "$(dirname "$0")"

if [ -n "${JAVA_HOME:-}" ]; then
    java="$JAVA_HOME/bin/java"
else
    java=java
fi

jar=examples/demo/target/demo.jar
war=examples/message-board/target/message-board.war
stamp=examples/demo/target/built

# Built anew only when a source is newer than the last build that succeeded.
is_built() {
    [ -f "$jar" ] && [ -f "$war" ] && [ -f "$stamp" ] &&
        [ -z "$(find pom.xml .mvn session-filter codecs examples -name target -prune -o -newer "$stamp" -type f -print | head -n 1)" ]
}

build() {
    echo "Building ..."
    started=$(mktemp)
    mvn -B -q -pl session-filter,examples/message-board,examples/demo -am package \
        -DskipTests -Dmaven.javadoc.skip=true -Dmaven.source.skip=true
    mv "$started" "$stamp"
}

if [ "${1:-}" != node ] && ! is_built; then
    build
fi
if [ ! -f "$jar" ]; then
    echo "The demonstration is not running: start it with ./run.sh" >&2
    exit 1
fi
exec "$java" -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$jar" io.sessionfilter.example.demo.Demo "$@"
