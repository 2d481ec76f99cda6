package process

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
)

// ReadConfig fills a struct from the variables that its `env` tags name, and then asks its Check. The error is
// one message that names every variable that is wrong.
func ReadConfig[T any, P interface {
	*T
	Check() Complaints
}](environ map[string]string,
) (T, error) {
	config, err := env.ParseAsWithOptions[T](env.Options{Environment: environ})
	complaints := parseComplaints[T](err)
	complaints = append(complaints, P(&config).Check()...)
	if len(complaints) == 0 {
		return config, nil
	}
	return config, fmt.Errorf("the configuration can't be used (see .env.example):\n  %s", strings.Join(complaints, "\n  "))
}

// parseComplaints says of each variable that can't be read what it should have been, without its value, which
// may be a secret.
func parseComplaints[T any](err error) []string {
	var several env.AggregateError
	if !errors.As(err, &several) {
		if err == nil {
			return nil
		}
		several.Errors = []error{err}
	}
	var complaints []string
	for _, each := range several.Errors {
		var wrong env.ParseError
		if errors.As(each, &wrong) {
			complaints = append(complaints, variable[T](wrong.Name)+" "+wanted(wrong))
			continue
		}
		complaints = append(complaints, each.Error())
	}
	return complaints
}

// wanted says what form a variable should have. Where its type is one of ours, that is what its UnmarshalText
// answers: a sentence that begins with "must" and holds nothing of the value.
func wanted(wrong env.ParseError) string {
	switch wrong.Type {
	case reflect.TypeFor[url.URL]():
		return "must be a URL such as https://example.org"
	case reflect.TypeFor[time.Duration]():
		return "must be a duration such as 30s"
	case reflect.TypeFor[slog.Level]():
		return "must be debug, info, warn or error"
	}
	switch kind := wrong.Type.Kind(); {
	case wrong.Err != nil && strings.HasPrefix(wrong.Err.Error(), "must "):
		return wrong.Err.Error()
	case kind == reflect.Bool:
		return "must be true or false"
	case kind >= reflect.Int && kind <= reflect.Uint64:
		return "must be a whole number, and not too large"
	case kind == reflect.Float64:
		return "must be a number"
	case kind == reflect.Map:
		return "must be name=value pairs, separated by commas"
	default:
		return "can't be read"
	}
}

// variable finds the environment variable that fills a field.
func variable[T any](field string) string {
	described, _ := reflect.TypeFor[T]().FieldByName(field)
	return described.Tag.Get("env")
}

// Variables lists the environment variables that a configuration struct reads.
func Variables(config any) ([]string, error) {
	params, err := env.GetFieldParams(config)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(params))
	for i, param := range params {
		names[i] = param.Key
	}
	slices.Sort(names)
	return names, nil
}
