package token

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// members are a JSON object's, not read yet.
type members map[string]json.RawMessage

var (
	errNotObject = errors.New("not a JSON object")
	errTwice     = errors.New("a member is there twice")
)

const jsonSpace = " \t\r\n"

// readMembers takes an object apart and refuses one that names a member twice, which two readers might
// read differently (RFC 7515 §4, RFC 7519 §4). Its errors hold nothing of the object.
func readMembers(data []byte) (members, error) {
	if !json.Valid(data) {
		return nil, errNotObject
	}
	return splitMembers(data)
}

// splitMembers does so for what is known to be valid JSON, which makes it a matter of finding commas:
// encoding/json has no quick way to notice a name that comes twice.
func splitMembers(data []byte) (members, error) {
	data = bytes.TrimLeft(data, jsonSpace)
	if data[0] != '{' {
		return nil, errNotObject
	}
	all := make(members, 16)
	for rest := data[1:]; ; {
		if rest = bytes.TrimLeft(rest, jsonSpace+","); rest[0] == '}' {
			return all, nil
		}
		end := valueEnd(rest)
		name, err := text(rest[:end])
		if err != nil {
			return nil, errNotObject
		}
		if _, twice := all[name]; twice {
			return nil, errTwice
		}
		rest = bytes.TrimLeft(rest[end:], jsonSpace+":")
		end = valueEnd(rest)
		all[name], rest = rest[:end], rest[end:]
	}
}

// valueEnd is the length of the value that valid JSON within an object goes on with.
func valueEnd(data []byte) int {
	depth, quoted := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case quoted && c == '\\':
			i++ // whatever it escapes
		case c == '"':
			quoted = !quoted
		case quoted:
		case depth == 0 && strings.IndexByte(jsonSpace+",:}", c) >= 0:
			return i
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		}
	}
	return len(data)
}

// text decodes a JSON string; null becomes the empty one. Most have nothing to decode.
func text(raw json.RawMessage) (decoded string, err error) {
	if len(raw) >= 2 && raw[0] == '"' && bytes.IndexFunc(raw[1:len(raw)-1], needsDecoding) < 0 {
		return string(raw[1 : len(raw)-1]), nil
	}
	err = json.Unmarshal(raw, &decoded)
	return decoded, err
}

func needsDecoding(r rune) bool { return r == '\\' || r >= 0x80 }

// text reads a member that should be a string. One that isn't there, or is null, is empty.
func (m members) text(name string, into *string) (err error) {
	raw, there := m[name]
	if !there {
		return nil
	}
	if *into, err = text(raw); err != nil {
		return wrongType(name)
	}
	return nil
}

// value reads a member that should be something else; one that isn't there, or is null, changes nothing.
func (m members) value(name string, into any) error {
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
