# Runs a command until it ends or until standard input is closed by whoever holds the other end.
# Arguments: the signal that asks it to end, the grace in seconds, a folder to remove, the command.
signal=$1 grace=$2 remove=$3
shift 3

exec 3<&0
"$@" 3<&- </dev/null &
command=$!

{
	read -r _ <&3
	kill -s "$signal" "$command"
	tenths=$((grace * 10))
	while [ "$tenths" -gt 0 ] && kill -0 "$command"; do
		sleep 0.1
		tenths=$((tenths - 1))
	done
	[ "$tenths" -gt 0 ] || kill -s KILL "$command"
} >/dev/null 2>&1 &
watch=$!

# Some shells would add a word of their own about how it ended.
wait "$command" 2>/dev/null
code=$?
# The watch goes first: from here on the command's number may be another process's.
kill "$watch" 2>/dev/null
# What the command started and left goes too, such as a browser that a script of the system's begins: we alone stay.
trap '' TERM
kill -s TERM 0 2>/dev/null
[ -z "$remove" ] || rm -rf "$remove"
exit "$code"
