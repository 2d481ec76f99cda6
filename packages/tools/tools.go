// Package tools pins the programs that make and check the code: templ, sqlc, oapi-codegen, golangci-lint
// and govulncheck, as tool lines of its go.mod. It stands outside go.work, so that what they need never
// raises what the apps need. Task builds them into .bin.
package tools
