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

require (
	github.com/getkin/kin-openapi v0.152.0 // indirect
	github.com/go-openapi/jsonpointer v1.0.0 // indirect
	github.com/google/uuid v1.6.0 // indirect
	github.com/gorilla/mux v1.8.1 // indirect
	github.com/hashicorp/golang-lru/v2 v2.0.7 // indirect
	github.com/jackc/pgpassfile v1.0.0 // indirect
	github.com/jackc/pgservicefile v0.0.0-20240606120523-5a60cdf6a761 // indirect
	github.com/jackc/pgx/v5 v5.12.0 // indirect
	github.com/oapi-codegen/nethttp-middleware v1.3.1 // indirect
	github.com/oasdiff/yaml v0.1.1 // indirect
	github.com/oasdiff/yaml3 v0.0.14 // indirect
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3 // indirect
	golang.org/x/text v0.43.0 // indirect
	pgregory.net/rapid v1.3.0 // indirect
)

replace (
	cardwall/migrations => ../../migrations
	cardwall/packages/httpserver => ../../packages/httpserver
	cardwall/packages/kanbanapi => ../../packages/kanbanapi
	cardwall/packages/postgres => ../../packages/postgres
	cardwall/packages/problem => ../../packages/problem
	cardwall/packages/token => ../../packages/token
)
