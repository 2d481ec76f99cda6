// How well a text fits what is typed, and where: best where it begins so, then where each word begins one of its words,
// then where it holds each word, then where it holds the letters in their order.

/** As texts are compared: a small letter without its accents for each, so that places stay the same. */
export function fold(text) {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  let folded = "";
  for (let at = 0; at < text.length; at++) folded += text[at].normalize("NFD")[0].toLowerCase()[0];
  return folded;
}

const ofWord = /[\p{L}\p{N}]/u;
const isInWord = (text, at) => at > 0 && ofWord.test(text[at - 1]);

/**
 * @param {string} wanted what is typed, folded and without white space around it
 * @param {string} text folded
 * @returns {{rank: number, spans: number[][]} | null} spans are from and to, in order; the lower the rank the better
 */
export function match(wanted, text) {
  if (text.startsWith(wanted)) return { rank: 0, spans: wanted ? [[0, wanted.length]] : [] };
  let rank = 1;
  const spans = [];
  for (const word of wanted.split(/\s+/)) {
    let at = text.indexOf(word);
    while (at >= 0 && isInWord(text, at)) at = text.indexOf(word, at + 1);
    if (at < 0) {
      at = text.indexOf(word);
      rank = 2;
    }
    if (at < 0) return inOrder(wanted.replace(/\s+/g, ""), text);
    spans.push([at, at + word.length]);
  }
  return { rank, spans: joined(spans) };
}

// The first letter begins a word, and the rest isn't strewn over a whole sentence.
function inOrder(letters, text) {
  for (let start = text.indexOf(letters[0]); start >= 0; start = text.indexOf(letters[0], start + 1)) {
    if (isInWord(text, start)) continue;
    const spans = [];
    let at = start;
    for (const letter of letters) {
      at = text.indexOf(letter, at);
      if (at < 0) return null;
      spans.push([at, ++at]);
    }
    if (at - start <= 4 * letters.length + 8) return { rank: 3, spans: joined(spans) };
  }
  return null;
}

function joined(spans) {
  const all = [];
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
    if (all.length > 0 && from <= all.at(-1)[1]) all.at(-1)[1] = Math.max(all.at(-1)[1], to);
    else all.push([from, to]);
  }
  return all;
}
