package rest

import (
	"regexp"
	"strconv"
	"strings"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/problem"
)

// entityTag is how versionTag writes one, in digits that fit a version.
var entityTag = regexp.MustCompile(`^"([0-9]{1,9})"$`)

// versionTag writes a version as an entity tag (RFC 9110 §8.8.3).
func versionTag(version int) *string {
	tag := strconv.Quote(strconv.Itoa(version))
	return &tag
}

// boardTag is the entity tag of a board's read: what it shows follows from its seq, the reader's role, their view of it and its members'
// names.
func boardTag(state kanban.BoardState) *string {
	tag := strconv.Quote(strconv.FormatInt(state.Seq, 10) + "-" + string(state.Role) + "-" + strconv.Itoa(state.View) + "-" + strconv.FormatInt(state.NamedAt.UnixMicro(), 36))
	return &tag
}

// fromHeader reads the version that If-Match names. An absent header and `*`, which names none, are nil.
func fromHeader(ifMatch *string) (kanban.From, error) {
	if ifMatch == nil || *ifMatch == "*" {
		return nil, nil //nolint:nilnil // no version is an answer: the domain decides what it means
	}
	tag := entityTag.FindStringSubmatch(*ifMatch)
	if tag == nil {
		return nil, problem.Validation(problem.Field{Field: "If-Match", Code: "not_a_version", Detail: `If-Match names one version, quoted as in ETag: "3".`})
	}
	version, err := strconv.Atoi(tag[1])
	if err != nil {
		return nil, err
	}
	return &version, nil
}

// has reports whether If-None-Match names the tag; compared weakly (RFC 9110 §13.1.2).
func has(ifNoneMatch *string, tag *string) bool {
	if ifNoneMatch == nil {
		return false
	}
	for each := range strings.SplitSeq(*ifNoneMatch, ",") {
		if each = strings.TrimPrefix(strings.TrimSpace(each), "W/"); each == *tag || each == "*" {
			return true
		}
	}
	return false
}
