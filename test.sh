#!/usr/bin/env bash
# Builds everything and runs all tests, with the JDK that JAVA_HOME or PATH gives.
#
#   ./test.sh             installs what the tests need and this machine lacks, then: mvn -B verify
#   ./test.sh --prepare   only installs
#   ./test.sh ARGS        passes other arguments on to Maven
#
# Needs a JDK (17 or newer) and Maven; on Debian or Ubuntu it installs the rest itself, as root or with sudo: memcached; Apache httpd, the
# balancer of the chaos tests; nftables, by which they drop packets (as root; skipped otherwise); faketime, which gives a process another clock.
set -euo pipefail
cd "$(dirname "$0")"

say() { printf 'test.sh: %s\n' "$*"; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    say "not root and no sudo: please install by hand, then try again: $*" >&2
    exit 1
  fi
}

# The command that is looked for, and Debian's package that has it.
needed=(memcached:memcached apache2:apache2-bin nft:nftables faketime:faketime)

missing=()
for entry in "${needed[@]}"; do
  PATH="$PATH:/usr/sbin:/sbin" command -v "${entry%%:*}" >/dev/null || missing+=("${entry##*:}")
done
if [ "${#missing[@]}" -gt 0 ]; then
  if ! command -v apt-get >/dev/null; then
    say "the tests need ${missing[*]}, and there is no apt-get here: please install by hand, then try again" >&2
    exit 1
  fi
  say "installing ${missing[*]}"
  # A package may start its service at once; the tests start their own servers and want none.
  policy=/usr/sbin/policy-rc.d
  made_policy=
  if [ ! -e "$policy" ]; then
    as_root sh -c "printf '#!/bin/sh\nexit 101\n' >$policy && chmod 755 $policy"
    made_policy=1
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update >/dev/null
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends "${missing[@]}" >/dev/null
  [ -z "$made_policy" ] || as_root rm -f "$policy"
else
  say "nothing to install"
fi

[ "${1:-}" != --prepare ] || exit 0
say "$(mvn -v | sed -n '1p;/^Java version/p' | paste -sd ' ' | sed 's/\x1b\[[0-9;]*m//g; s/, vendor.*//')"
exec mvn -B "${@:-verify}"
