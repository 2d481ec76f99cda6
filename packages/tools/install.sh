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

need chromium "the browser tests drive it" chromium chromium-browser google-chrome
