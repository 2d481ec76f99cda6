#!/bin/sh
# install.sh: what the tests need beside Go and Node. As root on Debian and its kin it installs what is missing;
# elsewhere it says what to do.
set -eu

need() { # need PACKAGE WHY COMMAND...: at least one of the commands must be there
	package=$1 why=$2
	shift 2
	for command in "$@"; do
		if command -v "$command" >/dev/null 2>&1; then return; fi
	done
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
		echo "Installing $package: $why."
		apt-get update -qq
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null
		return
	fi
	echo "Please install $package ($*): $why." >&2
	exit 1
}

need postgresql "a test dumps a database and restores it elsewhere; the programs of a server and its client are of one version" pg_dump
# Any Chromium will do; the one without windows takes half the time.
browser=chromium
if command -v apt-cache >/dev/null 2>&1 && apt-cache show chromium-headless-shell >/dev/null 2>&1; then browser=chromium-headless-shell; fi
need "$browser" "the browser tests drive it" chromium-headless-shell chrome-headless-shell chromium chromium-browser google-chrome

# Caddy is for the test of packages/deploy/Caddyfile. Debian's package would start a server on port 80, so only its
# program is taken.
if ! command -v caddy >/dev/null 2>&1 && [ ! -x .bin/caddy ]; then
	echo "Fetching Caddy: the test of the Caddyfile runs it."
	mkdir -p .bin
	if command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1; then
		if [ "$(id -u)" = 0 ]; then apt-get update -qq; fi
		unpacked=$(mktemp -d)
		chmod 755 "$unpacked" # apt fetches as a user of its own
		(cd "$unpacked" && apt-get download -qq caddy 2>/dev/null && dpkg -x caddy_*.deb .)
		mv "$unpacked/usr/bin/caddy" .bin/caddy
		rm -r "$unpacked"
	else
		GOBIN=$PWD/.bin GOWORK=off go install github.com/caddyserver/caddy/v2/cmd/caddy@v2.11.9
	fi
fi
