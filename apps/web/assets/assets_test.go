package assets

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func sample() fstest.MapFS {
	return fstest.MapFS{
		"manifest.json":   {Data: []byte(`{"app.css": {"file": "app-1a2b.css"}}`)},
		"app-1a2b.css":    {Data: []byte("plain")},
		"app-1a2b.css.br": {Data: []byte("brotli")},
		"app-1a2b.css.gz": {Data: []byte("gzipped")},
		"placeholder.txt": {Data: []byte("here so that a clean clone compiles")},
	}
}

func ask(t *testing.T, method, path, acceptEncoding string) *http.Response {
	t.Helper()
	f, err := load(sample())
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(method, path, nil)
	r.Header.Set("Accept-Encoding", acceptEncoding)
	w := httptest.NewRecorder()
	f.ServeHTTP(w, r)
	return w.Result()
}

func TestTheSmallestCodingThatIsTakenIsServed(t *testing.T) {
	t.Parallel()
	for accepted, want := range map[string]string{
		"":                        "",
		"gzip, deflate, br, zstd": "br",
		"gzip":                    "gzip",
	} {
		res := ask(t, http.MethodGet, "/assets/app-1a2b.css", accepted)
		if got := res.Header.Get("Content-Encoding"); res.StatusCode != 200 || got != want {
			t.Errorf("Accept-Encoding %q: status %d, coding %q, want %q", accepted, res.StatusCode, got, want)
		}
	}
}

func TestAssetsAreCachedForEverUnderTheirHash(t *testing.T) {
	t.Parallel()
	res := ask(t, http.MethodHead, "/assets/app-1a2b.css", "br")
	for name, want := range map[string]string{
		"Content-Type":   "text/css; charset=utf-8",
		"Cache-Control":  "public, max-age=31536000, immutable",
		"Vary":           "Accept-Encoding",
		"Content-Length": "6",
	} {
		if got := res.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestNothingElseIsServed(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/assets/", "/assets/app.css", "/assets/manifest.json", "/assets/placeholder.txt", "/assets/app-1a2b.css.br", "/assets/../assets.go"} {
		if res := ask(t, http.MethodGet, path, ""); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %d", path, res.StatusCode)
		}
	}
	if res := ask(t, http.MethodPost, "/assets/app-1a2b.css", ""); res.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("a POST answers %d", res.StatusCode)
	}
}

func TestACloneWithoutBuiltAssetsSaysWhatToRun(t *testing.T) {
	t.Parallel()
	dist := sample()
	delete(dist, "manifest.json")
	if _, err := load(dist); err == nil || !strings.Contains(err.Error(), "npm run build") {
		t.Errorf("got %v", err)
	}
	half := sample()
	delete(half, "app-1a2b.css.gz")
	if _, err := load(half); err == nil || !strings.Contains(err.Error(), "half built") {
		t.Errorf("got %v", err)
	}
}
