// Package assets has what the bundler made.
package assets

import "embed"

//go:embed all:dist
var dist embed.FS

// CSS is the bundled style sheet, "" before the first build.
func CSS() string {
	content, _ := dist.ReadFile("dist/app.css")
	return string(content)
}
