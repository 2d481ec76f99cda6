module cardwall/packages/postgres

go 1.26.0

require (
	cardwall/packages/problem v0.0.0
)

replace (
	cardwall/packages/problem => ../../packages/problem
)
