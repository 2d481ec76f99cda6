module cardwall/packages/token

go 1.26.0

require (
	cardwall/packages/problem v0.0.0
	github.com/MicahParks/jwkset v0.11.0
	github.com/golang-jwt/jwt/v5 v5.3.1
	github.com/google/uuid v1.6.0
	go.uber.org/goleak v1.3.0
)

require golang.org/x/time v0.9.0 // indirect

replace cardwall/packages/problem => ../../packages/problem
