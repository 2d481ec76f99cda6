package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// vocabulary is how many different words there are in a corpus.
const vocabulary = 20_000

// corpus writes texts in which words are as unevenly frequent as in real ones (Zipf), the same ones each time.
type corpus struct {
	words []string
	dice  *rand.Rand
}

func newCorpus() *corpus {
	c := &corpus{dice: rand.New(rand.NewPCG(1, 2))} //nolint:gosec // the same each time
	seen := map[string]bool{}
	for len(c.words) < vocabulary {
		if word := c.invent(); !seen[word] {
			seen[word] = true
			c.words = append(c.words, word)
		}
	}
	return c
}

func (c *corpus) invent() string {
	const consonants, vowels = "bcdfghjklmnprstvw", "aeiou"
	var word strings.Builder
	for range 1 + c.dice.IntN(4) + c.dice.IntN(2) {
		word.WriteByte(consonants[c.dice.IntN(len(consonants))])
		word.WriteByte(vowels[c.dice.IntN(len(vowels))])
	}
	if c.dice.IntN(2) == 0 {
		word.WriteByte("nrstl"[c.dice.IntN(5)])
	}
	return word.String()
}

// text writes so many words.
func (c *corpus) text(words int) string {
	all := make([]string, words)
	for i := range all {
		all[i] = c.words[int(math.Pow(vocabulary, c.dice.Float64()))-1]
	}
	return strings.Join(all, " ")
}

// title has 3 to 8 words; a third of the cards have a description, of 15 to 80.
func (c *corpus) title() string { return c.text(3 + c.dice.IntN(6)) }

func (c *corpus) description() string {
	if c.dice.IntN(3) > 0 {
		return ""
	}
	return c.text(15 + c.dice.IntN(66))
}

// dueOn is a day of the month around today, for every fifth card.
func (c *corpus) dueOn(today time.Time) *time.Time {
	if c.dice.IntN(5) > 0 {
		return nil
	}
	day := today.AddDate(0, 0, c.dice.IntN(30)-15)
	return &day
}

// write gives the cards of a board texts, due dates and ten labels, past the api.
func (c *corpus) write(ctx context.Context, pool *pgxpool.Pool, owner uuid.UUID, on *wall) error {
	today := time.Now().UTC().Truncate(24 * time.Hour)
	changes := &pgx.Batch{}
	for _, card := range on.cards {
		changes.Queue("UPDATE cards SET title = $3, description = $4, due_on = $5 WHERE board_id = $1 AND id = $2", on.board, card, c.title(), c.description(), c.dueOn(today))
	}
	for n := range 10 {
		label := uuid.Must(uuid.NewV7())
		name := fmt.Sprintf("label-%d", n)
		changes.Queue("INSERT INTO labels (board_id, id, name, name_key, hue, created_by) VALUES ($1, $2, $3, $3, 'teal', $4)", on.board, label, name, owner)
		for i, card := range on.cards {
			if i%10 == n && i%3 > 0 {
				changes.Queue("INSERT INTO card_labels (board_id, card_id, label_id) VALUES ($1, $2, $3)", on.board, card, label)
			}
		}
	}
	return pool.SendBatch(ctx, changes).Close()
}
