module cardwall/packages/filter

go 1.26.0
