// Package kanbanapi is the contract between the two apps: openapi.yaml, the strict server interface that
// the api implements, and the client through which web (and every test) calls it.
//
// The models, the raw client and the server interface are generated from openapi.yaml by `task generate`.
// [Client] puts domain verbs over the raw client and turns an RFC 9457 document back into the
// *problem.Error that the api's domain made.
package kanbanapi

import _ "embed"

//go:embed openapi.yaml
var document []byte

// Document returns the contract as it is written, in YAML.
func Document() []byte { return document }

// TabHeader names the browser tab that makes a change; its activity carries the name as origin.
const TabHeader = "X-Tab"

// ChangeHeader names a change by a UUID that its client makes up. Sent again under the same name, however late (within 30 days where no
// activity tells of it), it isn't made again: problem.Conflict ("made_already").
const ChangeHeader = "X-Change"
