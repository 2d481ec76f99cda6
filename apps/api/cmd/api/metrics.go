package main

import (
	"cardwall/apps/api/internal/live"
	"cardwall/packages/telemetry"
)

// watchLive shows who looks on at boards, and how that goes.
func watchLive(watch *telemetry.Telemetry, hub *live.Hub) {
	watch.Level("cardwall_live_boards", "Boards that somebody looks on at.",
		func() float64 { return float64(hub.Stats().Boards) })
	watch.Level("cardwall_live_subscribers", "Those who look on, once for each board.",
		func() float64 { return float64(hub.Stats().Subscribers) })
	watch.Level("cardwall_live_lag_seconds", "How long the oldest change has been waiting that was heard of and not read.",
		func() float64 { return hub.Stats().Lag.Seconds() })
	watch.Count("cardwall_live_events_total", "Events handed to those who look on.", hub.Delivered)
	watch.Count("cardwall_live_dropped_total", "Streams cut off because their reader was too slow.", hub.Dropped)
}
