module cardwall/migrations

go 1.26.0
