// Command api stands in for the real one: it tells what it was built from and who it is.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"

	"fixture/migrations"
	"fixture/word"
)

func main() {
	http.HandleFunc("/readyz", func(http.ResponseWriter, *http.Request) {})
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, "pid", os.Getpid())
		fmt.Fprintln(w, os.Getenv("DATABASE_URL"), os.Getenv("TOKEN_JWKS_URL"))
		fmt.Fprintln(w, word.Word, migrations.First, "api one")
	})
	log.Fatal(http.ListenAndServe(os.Getenv("API_ADDR"), nil))
}
