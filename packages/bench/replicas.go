package main

import (
	"context"
	"fmt"
)

// replicas measures how soon those who look on are told by two of each app behind round robins, beside one of each, in turn.
func (b *bench) replicas(ctx context.Context) ([]table, error) {
	one, err := open(ctx, b.server)
	if err != nil {
		return nil, err
	}
	defer one.close()
	two, err := openPair(ctx, b.server)
	if err != nil {
		return nil, err
	}
	defer two.close()
	sites, told := [2]*site{one, two}, [2]*livings{{}, {}}
	var on [2]*wall
	for i, s := range sites {
		if on[i], err = put(ctx, s.chain, "Looked at"); err != nil {
			return nil, err
		}
	}
	for round := range b.rounds {
		b.say("replicas %d of %d", round+1, b.rounds)
		for i, a := range audiences {
			for which, s := range sites {
				if err := told[which].latency(ctx, s, on[which], i, a.viewers, b.cell); err != nil {
					return nil, fmt.Errorf("%d viewers: %w", a.viewers, err)
				}
			}
		}
	}
	return []table{b.replicaTable(told)}, nil
}

func (b *bench) replicaTable(told [2]*livings) table {
	t := table{
		title: "From a change's commit to its event, with two of each app behind round robins",
		head:  []string{"viewers of one board", "one of each: p50 ms", "p99 ms", "two of each: p50 ms", "p99 ms", "target, p99"},
		notes: []string{fmt.Sprintf("As above; with two of each, the writer, the viewers and web's own calls are spread over the replicas by balancers within the load, which pass on every stream "+
			"twice and share the cores. Medians of %d rounds of %s, in turn.", b.rounds, b.cell)},
	}
	for i, a := range audiences {
		row := []string{fmt.Sprint(a.viewers)}
		for _, l := range told {
			row = append(row, millis(median(l.p50[i])), millis(median(l.p99[i])))
		}
		t.rows = append(t.rows, append(row, "≤ "+millis(a.target)))
	}
	return t
}
