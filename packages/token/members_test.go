package token

import (
	"encoding/json"
	"errors"
	"testing"
)

// The reader agrees with encoding/json about everything but names that come twice.
func FuzzReadMembers(f *testing.F) {
	for _, seed := range []string{
		`{}`, ` { "a" : 1 , "b" : [ { "c" : "}" } , "\"" ] } `, `{"a":"\\"}`, `{"":null}`, `{"\u0061":"\ud800"}`,
		`{"a":1,"a":2}`, `{"a":1,"\u0061":2}`, `{"a":{"a":{}},"b":-1.5e+3}`, `[]`, `null`, `{"a":1}x`, `{"a":1,}`, `{"a" 1}`, `{1:1}`, `{"a":1 "b":2}`, `{,}`, `{"a":}`, "{\"\xff\":\"\xff\"}", ``,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := readMembers(data)
		var want map[string]json.RawMessage
		wantErr := json.Unmarshal(data, &want)
		if errors.Is(err, errTwice) && wantErr == nil {
			return
		}
		if (err == nil) != (wantErr == nil && want != nil) || err == nil && len(got) != len(want) {
			t.Fatalf("%q: %v, %v, want %v", data, got, err, want)
		}
		for name, raw := range want {
			if err == nil && string(got[name]) != string(raw) {
				t.Fatalf("%q: %q is %q, want %q", data, name, got[name], raw)
			}
		}
	})
}
