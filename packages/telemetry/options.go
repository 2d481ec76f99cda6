package telemetry

import (
	"net/url"

	"cardwall/packages/process"
)

// Options are what an operator switches on; each app's configuration embeds them.
type Options struct {
	MetricsAddr   string            `env:"METRICS_ADDR"`                                      // listen address of /metrics, which is nowhere else; unset: off
	TraceEndpoint url.URL           `env:"OTEL_EXPORTER_OTLP_ENDPOINT"`                       // collector that takes OTLP over HTTP; unset: off
	TraceHeaders  map[string]string `env:"OTEL_EXPORTER_OTLP_HEADERS" envKeyValSeparator:"="` // sent along to it, such as a key
	TraceShare    float64           `env:"OTEL_TRACES_SAMPLER_ARG" envDefault:"1"`            // how much of all traces is sent: 0 to 1
}

// Check says what is wrong with the options.
func (o *Options) Check() process.Complaints {
	var wrong process.Complaints
	if o.MetricsAddr != "" {
		wrong.UnlessAddress("METRICS_ADDR", o.MetricsAddr)
	}
	endpoint := o.TraceEndpoint
	wrong.Unless(endpoint == url.URL{} || process.IsHTTP(&endpoint),
		"OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https address such as http://collector:4318, without a person or a query")
	wrong.Unless(o.TraceShare >= 0 && o.TraceShare <= 1, "OTEL_TRACES_SAMPLER_ARG must be from 0 to 1")
	for name, value := range o.TraceHeaders {
		plain, err := url.PathUnescape(value) // as OpenTelemetry writes them
		wrong.Unless(err == nil && isHeader(name, plain), "OTEL_EXPORTER_OTLP_HEADERS must be name=value pairs, separated by commas")
		o.TraceHeaders[name] = plain
	}
	return wrong
}

// isHeader reports whether a name and a value make a line of a header (RFC 9110 §5.1, §5.5).
func isHeader(name, value string) bool {
	for i := range len(name) {
		if c := name[i]; c <= ' ' || c >= 0x7f || c == ':' {
			return false
		}
	}
	for i := range len(value) {
		if c := value[i]; c < ' ' || c >= 0x7f {
			return false
		}
	}
	return name != ""
}
