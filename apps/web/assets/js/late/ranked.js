// What of everything fits what is typed, the best first, in groups.
import { fold, match } from "./match.js";
import { numberIn } from "./found.js";

const room = { "This page": 40, Columns: 20, Boards: 20, Cards: 30, Recent: 8 }; // rows of a group
const most = 50; // rows in all

/**
 * @param {string} typed
 * @param {Map<string, object[]>} groups all there is, by the group's name
 * @returns {{groups: {name: string, rows: object[]}[], count: number}} the rows with where they fit, and how many fit in all
 */
export function ranked(typed, groups) {
  const wanted = fold(typed.trim()).replace(/\s+/g, " ");
  const known = new Set(), all = [];
  let count = 0;
  for (const [name, items] of groups) {
    const rows = [];
    for (const item of items) {
      const fit = fitOf(wanted, item);
      if (fit) rows.push({ item, ...fit });
    }
    if (wanted) rows.sort((a, b) => a.rank - b.rank || widthOf(a) - widthOf(b));
    const apart = once(rows, known);
    count += apart.length;
    if (apart.length > 0) all.push({ name, rows: apart.slice(0, room[name]) });
  }
  if (wanted) all.sort((a, b) => a.rows[0].rank - b.rows[0].rank);
  let left = most;
  for (const group of all) left -= (group.rows = group.rows.slice(0, Math.max(0, left))).length;
  return { groups: all.filter(({ rows }) => rows.length > 0), count };
}

// Of rows that lead to the same page, the one with a key, else the first.
function once(rows, known) {
  const keyed = new Set(rows.filter(({ item }) => item.key).map(({ item }) => item.href));
  return rows.filter(({ item: { href, key } }) => {
    if (!href) return true;
    if (known.has(href) || (!key && keyed.has(href))) return false;
    return known.add(href);
  });
}

// What the server has found may fit by its description, or but for a letter.
function fitOf(wanted, item) {
  item.folded ??= fold(item.label);
  const number = numberIn(wanted);
  if (number && item.number === number) return { rank: -1, spans: [[0, number.length + 1]] };
  return match(wanted, item.folded) ?? (item.isFound ? { rank: 4, spans: [] } : null);
}

const widthOf = ({ spans }) => (spans.length > 0 ? spans.at(-1)[1] : 0);
