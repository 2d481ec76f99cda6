#!/bin/sh
# vuln.sh GOVULNCHECK MODULE: fails on a known vulnerability that the module's code can reach. Where the database
# can't be asked, it says so and lets the run go on.
set -u
govulncheck=$1
cd "$2" || exit 1
report=$("$govulncheck" ./... 2>&1)
code=$?
case $report in
*"fetching vulnerabilities"* | *"vuln.go.dev"*"dial"* | *"no such host"* | *"Forbidden"*)
	echo "$2: the vulnerability database can't be reached from here, so nothing was checked."
	exit 0
	;;
esac
echo "$2: $report" | tail -n 40
exit $code
