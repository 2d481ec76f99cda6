// Package deploy holds the files that Cardwall is deployed with, and the tests that hold them to their word.
//
// Here are the Caddyfiles for TLS in front of each app and what the demo's Postgres runs at first;
// docker-compose.yml, .env.example and .dockerignore are at the repository's root, and each app has its Dockerfile. The tests
// need no Docker engine: they follow the Dockerfiles step by step in folders of their own (dockerfile_test.go,
// build_test.go), run what comes out with the environment that docker-compose.yml gives it (demo_test.go),
// and put a real Caddy in front (caddy_test.go). Where there is an engine, it builds the images too.
package deploy
