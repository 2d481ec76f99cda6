// Package diff tells what changed from one text to another, line by line and word by word within a line, and makes one
// text of two that were both written over a third. It knows nothing of cards or HTML.
//
// However long and different the texts are, the work is bounded: what differs in more places than anybody would read
// is told as replaced from the first of them to the last, and of very many lines, those that became the same are told as one.
package diff
