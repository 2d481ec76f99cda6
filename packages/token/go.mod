module cardwall/packages/token

go 1.26.0
