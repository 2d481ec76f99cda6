// Package line is the one line in which people say which cards they want to see, on the screen: what it asks for, a chip for
// each term, and what is wrong with it. The wall filters by it, the search looks for it on all boards; what it can say is
// package filter's.
package line
