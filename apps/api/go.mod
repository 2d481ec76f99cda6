module cardwall/apps/api

go 1.26.0

require (
	cardwall/migrations v0.0.0
	cardwall/packages/httpserver v0.0.0
	cardwall/packages/kanbanapi v0.0.0
	cardwall/packages/postgres v0.0.0
	cardwall/packages/problem v0.0.0
	cardwall/packages/token v0.0.0
)

replace (
	cardwall/migrations => ../../migrations
	cardwall/packages/httpserver => ../../packages/httpserver
	cardwall/packages/kanbanapi => ../../packages/kanbanapi
	cardwall/packages/postgres => ../../packages/postgres
	cardwall/packages/problem => ../../packages/problem
	cardwall/packages/token => ../../packages/token
)
