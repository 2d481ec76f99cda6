package keyring

import (
	"context"
	"time"

	"cardwall/packages/token"
)

// Turn is a rotation that is under way.
type Turn struct {
	Made   bool      // whether it was begun just now
	Now    time.Time // by the database's clock, as the other times
	Next   string    // the id of the key that is published now
	Active string    // the id of the one that signs until then
	At     time.Time // when the next one takes over
	GoneAt time.Time // when the other one goes
}

// Rotate makes the next key now, unless there is one already: the rotation takes its steps from there.
func (k *Keyring) Rotate(ctx context.Context) (Turn, error) {
	turn := Turn{}
	kept, err := k.config.Store.ChangeSigningKeys(ctx, func(kept Kept) (Change, error) {
		turn.Made = !has(kept, token.Next)
		if !turn.Made {
			return Change{}, nil
		}
		return k.carryOut(kept, token.Plan{Make: token.Next})
	})
	turn.Now = kept.Now
	for _, key := range kept.Keys {
		switch key.State() {
		case token.Next:
			turn.Next, turn.At = key.ID, k.config.Rotation.SignsFrom(key.Term)
		case token.Active:
			turn.Active = key.ID
		}
	}
	turn.GoneAt = turn.At.Add(k.config.Rotation.Keep)
	return turn, err
}

// advance does what is due, if anything is, and returns the keys as they are then.
func (k *Keyring) advance(ctx context.Context, kept Kept) (Kept, error) {
	if k.due(kept).Nothing() {
		return kept, nil
	}
	return k.config.Store.ChangeSigningKeys(ctx, func(kept Kept) (Change, error) { // under the lock: as they are now
		return k.carryOut(kept, k.due(kept))
	})
}

func (k *Keyring) due(kept Kept) token.Plan {
	terms := make([]token.Term, len(kept.Keys))
	for i, key := range kept.Keys {
		terms[i] = key.Term
	}
	return k.config.Rotation.Plan(terms, kept.Now)
}

// carryOut turns a plan into a change. Whoever can't open the keys that are there must not change them: the others
// couldn't open the new one.
func (k *Keyring) carryOut(kept Kept, plan token.Plan) (Change, error) {
	change := Change{Activate: plan.Activate, Drop: plan.Drop}
	if _, err := k.openAll(kept); err != nil || plan.Make == "" {
		return change, err
	}
	key, err := k.generate()
	if err != nil {
		return Change{}, err
	}
	change.New = &key
	if plan.Make == token.Active {
		change.Activate = key.ID
	}
	return change, nil
}

func has(kept Kept, state token.State) bool {
	for _, key := range kept.Keys {
		if key.State() == state {
			return true
		}
	}
	return false
}
