#!/bin/sh
# Benchmarks of session-filter. Each prints a table with its targets, and writes a report to bench/target/reports: HTML with charts, and JSON.
#
#   bench/bench.sh request [--quick]   what a request costs in the app node, without a network: time and memory
#   bench/bench.sh store [--quick]     what an operation of the store costs beside the raw commands of xmemcached
#   bench/bench.sh cluster [--quick]   app nodes under load by HTTP: CPU, memcached operations, latency
#   bench/bench.sh codecs [--quick]    what each codec costs and promises, and which to take: time, size, memory
#          [--class-path my.jar --payload my.Factory]   for your own sessions too: my.Factory is a public class that implements
#                                      Supplier<Map<String, Object>>; it makes the attributes of a session
#
# Needs a JDK (17 or newer), Maven and (but for codecs) memcached. Ctrl-C stops every process it started.
set -eu

usage() {
    sed -n '2,11s/^# \{0,1\}//p' "$0"
}

case "${1:-}" in
request | store | cluster | codecs) ;;
-h | --help)
    usage
    exit 0
    ;;
*)
    usage >&2
    exit 2
    ;;
esac
case "$1 ${2:-}" in
'codecs '*) ;; # the program knows its other options
*' ' | *' --quick') ;;
*)
    usage >&2
    exit 2
    ;;
esac
if [ "$1" != codecs ] && ! command -v memcached >/dev/null; then
    echo "bench.sh: there is no memcached in the PATH (Debian, Ubuntu: apt-get install memcached)" >&2
    exit 1
fi
directory=$(pwd)
cd "$(dirname "$0")/.."

if [ -n "${JAVA_HOME:-}" ]; then
    java="$JAVA_HOME/bin/java"
else
    java=java
fi

stamp=bench/target/built

# Built anew only when a source is newer than the last build that succeeded.
is_built() {
    [ -f "$stamp" ] &&
        [ -z "$(find pom.xml .mvn session-filter codecs bench -name target -prune -o -newer "$stamp" -type f -print | head -n 1)" ]
}

if ! is_built; then
    echo "Building ..."
    started=$(mktemp)
    mvn -B -q -pl bench -am package -DskipTests -Dmaven.javadoc.skip=true -Dmaven.source.skip=true
    mv "$started" "$stamp"
fi
exec "$java" "-Dbench.directory=$directory" -cp "bench/target/classes:bench/target/lib/common/*:bench/target/lib/tomcat/*" io.sessionfilter.bench.Bench "$@"
