package main

import (
	store "cardwall/apps/web/internal/postgres"
	"cardwall/apps/web/internal/session"
	"cardwall/packages/telemetry"
)

// show has the metrics tell what only web knows.
func show(watch *telemetry.Telemetry, kept *store.Store, sessions *session.Sessions, signs signing) {
	const lookUps, help = "cardwall_session_lookups_total", "Sessions looked up for a request, by where: postgres, or memory, which keeps one for seconds."
	watch.Count(lookUps, help, func() uint64 { asked, _ := sessions.LookedUp(); return asked }, "in", "postgres")
	watch.Count(lookUps, help, func() uint64 { _, spared := sessions.LookedUp(); return spared }, "in", "memory")
	watch.Gauge("cardwall_jobs", "Jobs in the database, by state; completed and discarded ones are cleared away after a while.", "state", kept.JobsByState)
	watch.Count("cardwall_tokens_minted_total", "Tokens signed for the api; a session's fresh token is given out again, and not counted.", signs.minted)
}
