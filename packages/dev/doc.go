// Package dev runs Cardwall on a developer's machine: what `task dev` starts.
//
// [Run] finds or fetches Postgres and starts a private server under .data (or uses DATABASE_URL),
// builds the assets, the templates and both apps, starts them, and says where Cardwall is. Then it
// watches the sources: a saved file is generated, built and served again, and when it doesn't compile
// the last good program keeps running. Every process is on a leash (see pgserver/leash): none outlives
// the runner, however that ends.
//
// Nothing imports this package but its commands, and none of it is in a release.
package dev
