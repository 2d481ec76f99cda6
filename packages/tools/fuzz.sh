#!/bin/sh
# fuzz.sh [TIME]: fuzzes each target of the workspace for so long, a minute unless told otherwise. What it finds stays in
# the package's testdata/fuzz, from where `task test` replays it.
set -eu
time=${1:-1m}
targets=$(grep -rnoE --include='*_test.go' --exclude-dir=node_modules '^func Fuzz[A-Za-z0-9_]*' apps packages)
echo "$targets" | while IFS=: read -r file _ found; do
	target=${found#func }
	echo "--- $target in $(dirname "$file") for $time"
	go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" "./$(dirname "$file")" </dev/null
done
