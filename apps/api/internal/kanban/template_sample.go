package kanban

// sample is a board that one learns from by doing what its cards say.
var sample = []templateColumn{
	{
		title: "Try these", hue: Blue, kind: Backlog, cards: []templateCard{
			{"Drag me to Doing", "Take a card with the mouse, or hold a finger on it for a moment, and put it where you want it. " +
				"Esc puts it back while you still hold it.\n\nWithout dragging: “Move to…” in the card's menu goes anywhere on the board."},
			{"Open me", "Click a card's title, and you are here. The card has an address of its own that you can send to somebody " +
				"on the board; Back closes it.\n\nChange this text, then save it. Had somebody else saved a change meanwhile, " +
				"you would see both texts and none would be lost."},
			{"Add a card of your own", "Every column ends in “Add a card”. Type a title and press Enter; it stays open for the next one."},
			{"Walk here with the arrow keys", "All that the mouse does, the keyboard does too. From a card, Space lifts it, the arrows carry it, Space drops it and Esc puts it back; `n` adds a card, `e` renames, `m` moves, `c` archives."},
			{"Archive me", "A card that is no longer needed goes to the archive, out of sight. It keeps its number and comes back " +
				"to its place when you restore it.\n\nYou find it under “Archive and trash” in the menu behind the board's name, and what you delete too, for 30 days."},
		},
	},
	{
		title: "Doing", limit: 2, hue: Yellow, kind: Active, cards: []templateCard{
			{"Put a third card here", "This column has a WIP limit of 2: how much work should be in progress at once. Nothing stops you " +
				"from going over it, but the column shows that you did.\n\nThe limit, the name and the colour are yours to change in the column's menu."},
		},
	},
	{
		title: "Done", hue: Green, kind: Done, cards: []templateCard{
			{"Have a first board", "Cards move from left to right until they are done.\n\nWhen you have seen enough, archive this board and put up your own."},
		},
	},
}
