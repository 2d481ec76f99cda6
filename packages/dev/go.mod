module cardwall/packages/dev

go 1.26.0

require (
	cardwall/packages/postgres v0.0.0
	cardwall/packages/problem v0.0.0
)

replace (
	cardwall/packages/postgres => ../../packages/postgres
	cardwall/packages/problem => ../../packages/problem
)
