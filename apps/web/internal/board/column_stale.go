package board

import (
	"maps"
	"strings"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// besideColumn makes a stale form comparable with the column as it is now: the sentence names what somebody else
// changed, and a field that this person left alone shows it.
func besideColumn(now kanbanapi.BoardColumn, failed ui.Failure) ui.Failure {
	if failed.Reason == nil || failed.Reason.Kind != problem.Stale {
		return failed
	}
	edit := readColumnEdit(failed.Typed)
	failed.Typed = maps.Clone(failed.Typed)
	for field, left := range map[string]struct {
		alone bool
		now   string
	}{
		"title":     {edit.title == edit.wasTitle, now.Title},
		"wip_limit": {edit.limit == edit.wasLimit, limitText(now)},
		"hue":       {edit.hue == edit.wasHue, hueOf(now)},
		"kind":      {edit.kind == edit.wasKind, string(now.Kind)},
	} {
		if left.alone {
			failed.Typed.Set(field, left.now)
		}
	}
	failed.Reason = stale("Somebody has changed this column meanwhile" + edit.difference(now, failed.Typed.Has("was_kind")) + ". Save again to use what stands here.")
	return failed
}

// difference says what the column has now that the form was not made from. The form in a column's head knows only
// the title.
func (e columnEdit) difference(now kanbanapi.BoardColumn, whole bool) string {
	var said []string
	if now.Title != e.wasTitle {
		said = append(said, "its name is “"+now.Title+"” now")
	}
	if limit := limitText(now); whole && limit != e.wasLimit {
		said = append(said, "its WIP limit is "+orNone(limit)+" now")
	}
	if hue := hueOf(now); whole && hue != e.wasHue {
		said = append(said, "its colour is "+orNone(hue)+" now")
	}
	if whole && string(now.Kind) != e.wasKind {
		said = append(said, "its kind is “"+kindName(now.Kind)+"” now")
	}
	if len(said) == 0 {
		return ""
	}
	return ": " + strings.Join(said, ", and ")
}

func orNone(value string) string {
	if value == "" {
		return "none"
	}
	return value
}
