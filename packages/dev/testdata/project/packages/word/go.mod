module fixture/word

go 1.26.0
