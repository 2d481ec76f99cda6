module fixture/migrations

go 1.26.0
