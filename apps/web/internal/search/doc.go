// Package search is the page that finds cards on all boards of whoever asks.
package search
