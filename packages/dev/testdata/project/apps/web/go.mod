module fixture/web

go 1.26.0

require (
	fixture/migrations v0.0.0
	fixture/word v0.0.0
	github.com/a-h/templ v0.3.977
)

replace (
	fixture/migrations => ../../migrations
	fixture/word => ../../packages/word
)
