// Package pgserver runs a private Postgres for development and tests, without a container and without
// any set-up: it finds the programs ([Find], or [Fetch] when the machine has none), makes a cluster
// and starts it ([Start]).
//
// The server listens on 127.0.0.1 only and asks for a password that nobody else on the machine can
// read. It lives on a leash: when the process that started it ends, however it ends, the server ends
// too. Postgres refuses to run as root, so root hands it to the account "postgres" or "nobody".
// Nothing here belongs into production.
package pgserver
