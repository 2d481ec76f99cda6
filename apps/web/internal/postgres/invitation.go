package postgres

import "cardwall/apps/web/internal/identity"

// takeInvitation uses an invitation up for somebody new. There are none yet, so none that is needed counts.
func takeInvitation(i identity.Invitation) error {
	if i.Needed {
		return identity.InvitationOver()
	}
	return nil
}
