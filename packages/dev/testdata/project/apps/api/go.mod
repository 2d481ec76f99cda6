module fixture/api

go 1.26.0

require (
	fixture/migrations v0.0.0
	fixture/word v0.0.0
)

replace (
	fixture/migrations => ../../migrations
	fixture/word => ../../packages/word
)
