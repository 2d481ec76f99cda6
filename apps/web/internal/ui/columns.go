package ui

// ManyColumns is how many columns one goes through at most: of more, one is found by its name, and a filter leaves out of sight
// those in which nothing matches. js/batch.js knows it too.
const ManyColumns = 12
