package dev

import (
	"context"
	"fmt"
	"net"
	"os/exec"
	"strconv"
)

// Obstacles are looked for before anything starts; each is one sentence that says what to do.

// portIsFree fails when another program listens on the address that the variable sets.
func portIsFree(ctx context.Context, variable, addr string) error {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("nothing can listen on %s, where another program probably does already (an earlier Cardwall?): "+
			"stop that, or choose another port with %s=%s", addr, variable, nextDoor(addr))
	}
	return l.Close()
}

// nextDoor is an example of another address: a hundred ports further.
func nextDoor(addr string) string {
	host, number, _ := net.SplitHostPort(addr)
	taken, _ := strconv.Atoi(number)
	return net.JoinHostPort(host, strconv.Itoa(taken+100))
}

// hasNode fails on a machine without Node.
func hasNode() error {
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			return fmt.Errorf("%s is missing, which builds Cardwall's styles and scripts: install Node 20 or later from https://nodejs.org", program)
		}
	}
	return nil
}
