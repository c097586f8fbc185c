#!/bin/sh
# What the tests use beside Python: a browser, two servers and outside readers of our feeds, from Debian's packages.
# Installs what is absent where that is allowed; else says in one line what will be skipped and why.
set -u
missing=""
for pair in chromium:chromium nginx:nginx xmllint:libxml2-utils jing:jing newsboat:newsboat; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || [ -x "/usr/sbin/${pair%%:*}" ] || missing="$missing ${pair##*:}"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >/dev/null 2>&1 && exit 0
    echo "Not installed:$missing (apt-get failed). The tests that need them are skipped and say so."
    exit 0
fi
echo "Not installed:$missing (needs root and apt-get). The tests that need them are skipped and say so."
