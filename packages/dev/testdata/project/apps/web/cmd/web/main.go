// Command web stands in for the real one: it tells what it was built from and who it is.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"

	"fixture/migrations"
	"fixture/web/assets"
	"fixture/web/page"
	"fixture/word"
)

func main() {
	http.HandleFunc("/readyz", func(http.ResponseWriter, *http.Request) {})
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "pid", os.Getpid())
		fmt.Fprintln(w, os.Getenv("DATABASE_URL"), os.Getenv("KEY_ENCRYPTION_KEY"))
		fmt.Fprintln(w, word.Word, migrations.First, assets.CSS())
		fmt.Fprintln(w, "google", os.Getenv("GOOGLE_URL"), os.Getenv("GOOGLE_CLIENT_ID"))
		fmt.Fprintln(w, "issuer", os.Getenv("OIDC_ISSUER"), os.Getenv("OIDC_CLIENT_ID"))
		_ = page.Page().Render(r.Context(), w)
	})
	log.Fatal(http.ListenAndServe(os.Getenv("WEB_ADDR"), nil))
}
