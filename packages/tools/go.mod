module cardwall/packages/tools

go 1.26.0
