package token

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// members are a JSON object's, not read yet.
type members map[string]json.RawMessage

var (
	errNotObject = errors.New("not a JSON object")
	errTwice     = errors.New("a member is there twice")
)

// readMembers takes an object apart and refuses one that names a member twice, which two readers might
// read differently (RFC 7515 §4, RFC 7519 §4). Its errors hold nothing of the object.
func readMembers(data []byte) (members, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	if begin, err := decoder.Token(); err != nil || begin != json.Delim('{') {
		return nil, errNotObject
	}
	all := make(members, 16)
	for decoder.More() {
		name, err := decoder.Token() // a string: the decoder takes nothing else for a name
		if err != nil {
			return nil, errNotObject
		}
		if _, twice := all[name.(string)]; twice {
			return nil, errTwice
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, errNotObject
		}
		all[name.(string)] = value
	}
	if _, err := decoder.Token(); err != nil { // its end
		return nil, errNotObject
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errNotObject
	}
	return all, nil
}

// read reads a member into what it is to fill. One that isn't there, or is null, changes nothing.
func (m members) read(name string, into any) error {
	raw, there := m[name]
	if there && json.Unmarshal(raw, into) != nil {
		return wrongType(name)
	}
	return nil
}

func wrongType(name string) error { return fmt.Errorf("%s is of the wrong type", name) }

// lastSecond is the end of the year 9999: what lies behind it is no date but an attempt.
const lastSecond = 253402300799

// date reads seconds since 1970, with or without a fraction (RFC 7519 §2, NumericDate).
func (m members) date(name string, into **jwt.NumericDate) error {
	raw, there := m[name]
	if !there {
		return nil
	}
	seconds, err := strconv.ParseFloat(string(raw), 64)
	if err != nil || !(seconds >= 0 && seconds <= lastSecond) {
		return fmt.Errorf("%s is not a time", name)
	}
	whole, fraction := math.Modf(seconds)
	*into = &jwt.NumericDate{Time: time.Unix(int64(whole), int64(fraction*float64(time.Second)))}
	return nil
}
