package kanban

import (
	"context"

	"github.com/google/uuid"
)

// versionsWeigh is how many bytes of texts a part of the list of versions holds, unless a single one is longer.
const versionsWeigh = 256 << 10

// CardVersion is one version of a card's title, description and due date.
type CardVersion struct {
	Number int
	Edit   Activity // what made it
}

// CardAsOf is a version with the whole texts.
type CardAsOf struct {
	CardVersion
	Title       string
	Description string
	DueOn       string // a day as activities tell it, "" for none
}

// VersionPage asks for the versions below one, newest first; the zero Below is all of them.
type VersionPage struct {
	Below, Limit int
	Bytes        int // of texts, at most, unless the first has more
}

// CardVersions lists a card's versions, newest first, as many as a page may weigh, and the number that the next page is below:
// 0 on the last. problem.NotFound as for the card.
func (s *Service) CardVersions(ctx context.Context, actor Actor, board uuid.UUID, ref CardRef, page VersionPage) ([]CardVersion, int, error) {
	page.Bytes = versionsWeigh
	versions, err := s.store.CardVersions(ctx, actor.ID, board, ref, page)
	if err != nil || len(versions) == 0 {
		return nil, 0, err
	}
	if last := versions[len(versions)-1].Number; last > 1 {
		return versions, last, nil
	}
	return versions, 0, nil
}

// CardVersion reads one version of a card; problem.NotFound as for the card, and for a version that it hasn't come to.
func (s *Service) CardVersion(ctx context.Context, actor Actor, board uuid.UUID, ref CardRef, number int) (CardAsOf, error) {
	return s.store.CardVersion(ctx, actor.ID, board, ref, number)
}

// TextsIn are what an activity tells of a card's title, description and due date.
func TextsIn(facts map[string]any) CardPatch {
	var texts CardPatch
	for name, field := range map[string]**string{"title": &texts.Title, "description": &texts.Description} {
		if text, told := facts[name].(string); told {
			*field = &text
		}
	}
	if _, told := facts["due_on"]; told {
		day := dayIn(facts, "due_on")
		texts.DueOn = &day
	}
	return texts
}
