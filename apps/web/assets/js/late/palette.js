// The palette: a field and what fits what one types into it, over any page. What the page has is there at once; one's
// boards and the cards of other boards are asked for, and join when they come.
import { isPlain } from "../click.js";
import { recents } from "../recent.js";
import { actions } from "./actions.js";
import { drawBox } from "./box.js";
import { write } from "./element.js";
import { boards, cardsHere, columnsHere, finder } from "./found.js";
import { listOf } from "./list.js";
import { modal } from "./modal.js";
import { ranked } from "./ranked.js";
import { visit } from "./visit.js";

const least = 2; // characters, or a number, that other boards are asked for
let palette = null;

/** Opens the palette with what was typed already, or shuts it. */
export function openPalette(typed = "") {
  palette ??= made();
  palette.open(typed);
}

function made() {
  const { dialog, field, note, said, shut } = drawBox();
  const over = modal(dialog);
  const list = listOf(field);
  note.before(list.list);
  const find = finder();
  let things = new Map(); // by the group's name
  let mine = null; // one's boards, once they have come
  let here = null; // the columns and the cards of the wall, once somebody types
  let found = []; // cards of other boards
  const trouble = new Set();
  let isWaiting = false;

  function open(typed) {
    if (dialog.open) return over.close();
    things = new Map([
      ["Recent", recents().filter(({ path }) => path !== location.pathname).map(({ path, title }) => ({ label: title, href: path, icon: "i-clock" }))],
      ["This page", actions()],
      ["Boards", mine ?? []],
    ]);
    here = null;
    found = [];
    trouble.clear();
    field.value = typed;
    show(true);
    over.show();
    requestAnimationFrame(() => setTimeout(ahead));
    askBoards();
    if (typed) ask();
  }

  function show(isFresh = false) {
    const typed = field.value.trim();
    const { groups, count } = ranked(typed, groupsFor(typed));
    list.draw([...groups, ...searchFor(typed)], isFresh);
    const drawn = groups.reduce((sum, { rows }) => sum + rows.length, 0);
    const words = [count === 0 && !isWaiting && "Nothing is called that.", drawn < count && `The best ${drawn} of ${count} are shown.`, isWaiting && "Looking further…", ...trouble];
    write(note, words.filter(Boolean).join(" "));
    write(said, isWaiting && count === 0 ? "" : count === 1 ? "1 result" : `${count} results`);
  }

  // Nothing typed, what was opened lately comes first.
  function groupsFor(typed) {
    if (typed) {
      here ??= [columnsHere(), cardsHere()];
      things.set("Columns", here[0]).set("Cards", [...here[1], ...found]);
    }
    const names = typed ? ["This page", "Columns", "Boards", "Cards", "Recent"] : ["Recent", "This page", "Boards"];
    return names.map((name) => [name, things.get(name)]);
  }

  // Once the palette is painted: all that the first key needs has been read and has run, and it is answered as fast as the next.
  function ahead() {
    if (dialog.open) ranked("e", groupsFor("e"));
  }

  async function askBoards() {
    try {
      mine = await boards();
      things.set("Boards", mine);
      trouble.delete(noBoards);
    } catch {
      trouble.add(noBoards);
    }
    if (dialog.open) show();
  }

  function ask() {
    const typed = field.value.trim();
    trouble.delete(noCards);
    found = [];
    isWaiting = typed.length >= least || /\d/.test(typed);
    find(isWaiting ? typed : "", (all) => {
      isWaiting = false;
      if (all) found = all;
      else trouble.add(noCards);
      if (dialog.open) show();
    });
  }

  function choose(item, inTab) {
    if (!item) return;
    over.close();
    if (inTab && item.href) window.open(item.href, "_blank", "noopener");
    else if (item.act) item.act();
    else visit(item.href);
  }

  field.addEventListener("input", () => {
    ask();
    show(true);
  });
  field.addEventListener("keydown", (event) => {
    const does = {
      ArrowDown: () => list.move(1),
      ArrowUp: () => list.move(-1),
      Home: list.first,
      End: list.last,
      Enter: () => choose(list.chosen(), event.ctrlKey || event.metaKey),
    }[event.key];
    if (!does || event.isComposing || event.shiftKey || event.altKey) return;
    event.preventDefault();
    does();
  });
  list.list.addEventListener("click", (event) => {
    const item = list.itemAt(event.target);
    if (!item || !(isPlain(event) || !item.href)) return;
    event.preventDefault();
    event.stopPropagation();
    choose(item);
  });
  shut.addEventListener("click", over.close);
  return { open };
}

const noBoards = "Your boards can’t be read right now.";
const noCards = "Other boards can’t be searched right now.";

// The page that searches is one step further.
function searchFor(typed) {
  if (!typed || !document.querySelector('a[href="/search"]')) return [];
  return [{ name: "Search", rows: [{ item: { label: `Search all boards for “${typed}”`, href: `/search?q=${encodeURIComponent(typed)}`, icon: "i-search" }, spans: [] }] }];
}
