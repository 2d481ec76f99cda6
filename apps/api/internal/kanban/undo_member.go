package kanban

import (
	"context"
	"errors"
	"time"
)

func changeRolesBack(ctx context.Context, c Change, rows []Activity) ([]Activity, error) {
	if !c.Role().MayOwn() {
		return nil, ownersDecide()
	}
	did := make([]Activity, len(rows))
	for i, row := range rows {
		role := Role(textIn(row.Was, "role"))
		if row.PersonID == nil || role.check() != nil {
			return nil, nil
		}
		member, err := c.Member(ctx, *row.PersonID)
		if err != nil {
			return nil, err
		}
		if did[i], err = changeRole(ctx, c, member, role); err != nil {
			return nil, err
		}
	}
	return did, nil
}

// memberBack brings somebody back as what they were, to those of their cards that are still there.
func memberBack(ctx context.Context, c Change, rows []Activity) ([]Activity, error) {
	row := rows[0]
	role := Role(textIn(row.Was, "role"))
	joined, err := time.Parse(time.RFC3339Nano, textIn(row.Was, "joined_at"))
	switch {
	case !c.Role().MayOwn():
		return nil, ownersDecide()
	case row.PersonID == nil, role.check() != nil, err != nil:
		return nil, nil //nolint:nilerr // what it was is no longer told
	}
	switch there, err := c.AddMember(ctx, *row.PersonID, role, &joined); {
	case errors.Is(err, ErrForgotten), err == nil && !there:
		return nil, MemberNotFound()
	case err != nil:
		return nil, err
	}
	became := map[string]any{"role": role}
	found, err := c.FormerCards(ctx, idsIn(row.Was, "card_ids"), nil, nil)
	if err != nil {
		return nil, err
	}
	if cards := idsOf(found); len(cards) > 0 {
		became["card_ids"] = cards
		err = c.AssignCards(ctx, *row.PersonID, cards)
	}
	if err != nil {
		return nil, err
	}
	member, err := c.Member(ctx, *row.PersonID)
	return []Activity{{Verb: MemberRestored, PersonID: row.PersonID, Person: member.Name, Became: became}}, err
}

func memberAway(ctx context.Context, c Change, rows []Activity) ([]Activity, error) {
	if !c.Role().MayOwn() {
		return nil, ownersDecide()
	}
	activity, err := removeMember(ctx, c, *rows[0].PersonID, MemberRemoved)
	return []Activity{activity}, err
}
