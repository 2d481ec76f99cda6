package postgres

import (
	"context"
	"errors"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// CreateFlow writes a flow's row; see identity.Store.
func (s *Store) CreateFlow(ctx context.Context, f identity.Flow) error {
	row := dbgen.FlowCreateParams{
		StateHash: f.State[:], BrowserHash: f.Browser[:], Provider: f.Provider, Purpose: string(f.Purpose),
		Verifier: f.Verifier, Nonce: f.Nonce, Kept: f.Kept, ReturnTo: f.ReturnTo, InvitationHash: f.InvitationHash, Life: identity.FlowLife,
	}
	if f.Leaver != nil {
		row.PersonID, row.SessionID = &f.Leaver.PersonID, &f.Leaver.SessionID
	}
	return postgres.Error(s.queries.FlowCreate(ctx, row))
}

// TakeFlow deletes a flow's row and returns it; see identity.Store.
func (s *Store) TakeFlow(ctx context.Context, key identity.FlowKey) (identity.Flow, error) {
	row, err := s.queries.FlowTake(ctx, dbgen.FlowTakeParams{StateHash: key.State[:], BrowserHash: key.Browser[:], Provider: key.Provider})
	switch {
	case err != nil:
		return identity.Flow{}, found(err)
	case !row.InTime:
		return identity.Flow{}, notThere().Because(errors.New("the flow's time was over"))
	}
	flow := identity.Flow{
		FlowKey: key, Purpose: identity.Purpose(row.Purpose), Verifier: row.Verifier, Nonce: row.Nonce,
		Kept: row.Kept, ReturnTo: row.ReturnTo, InvitationHash: row.InvitationHash,
	}
	if row.PersonID != nil && row.SessionID != nil {
		flow.Leaver = &identity.Leaver{PersonID: *row.PersonID, SessionID: *row.SessionID}
	}
	return flow, nil
}
