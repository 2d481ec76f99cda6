module cardwall/packages/problem

go 1.26.0
