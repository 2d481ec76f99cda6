package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// stopWait is how long a program may take to end.
const stopWait = 10 * time.Second

// launch says what to start and when it counts as started.
type launch struct {
	command []string
	dir     string
	environ []string      // its whole environment
	ready   string        // the address that answers 200 then
	poll    time.Duration // how often it is asked
	atMost  time.Duration
}

// program is a process that was started and has been ready.
type program struct {
	cmd   *exec.Cmd
	took  time.Duration // from its start until it was ready
	end   context.CancelFunc
	ended sync.WaitGroup
}

// start starts a program and waits until it is ready. What it writes to standard output goes nowhere; the error
// has what it said on standard error.
func (l launch) start(ctx context.Context) (*program, error) {
	ctx, end := context.WithCancel(ctx)
	p := &program{cmd: exec.CommandContext(ctx, l.command[0], l.command[1:]...), end: end}
	var said bytes.Buffer
	p.cmd.Dir, p.cmd.Env, p.cmd.Stderr = l.dir, l.environ, &said
	// A group of its own, which gets the signal whole, as from a terminal: the go command doesn't pass it on.
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	p.cmd.Cancel = func() error { return syscall.Kill(-p.cmd.Process.Pid, syscall.SIGINT) }
	p.cmd.WaitDelay = stopWait

	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		end()
		return nil, err
	}
	p.ended.Go(func() {
		defer end()
		_ = p.cmd.Wait()
	})
	err := l.wait(ctx)
	p.took = time.Since(began)
	if err != nil {
		p.stop()
		return nil, fmt.Errorf("%s: %w\n%s", strings.Join(l.command, " "), err, &said)
	}
	return p, nil
}

// wait ends early when the program does.
func (l launch) wait(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, l.atMost)
	defer cancel()
	tick := time.NewTicker(l.poll)
	defer tick.Stop()
	for !answers(ctx, l.ready) {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("%s didn't answer 200: %w", l.ready, ctx.Err())
		}
	}
	return nil
}

func answers(ctx context.Context, address string) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return false
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	_ = response.Body.Close()
	return response.StatusCode == http.StatusOK
}

func (p *program) stop() {
	p.end()
	p.ended.Wait()
}

// resident is the memory it holds now, in bytes; 0 where the system doesn't tell.
func (p *program) resident() float64 { return p.memory("VmRSS") }

// peak is the most that it has ever held, in bytes, as the system kept count; 0 where it doesn't.
func (p *program) peak() float64 { return p.memory("VmHWM") }

func (p *program) memory(name string) float64 {
	value, _ := field("/proc/"+strconv.Itoa(p.cmd.Process.Pid)+"/status", name)
	kib, err := strconv.Atoi(strings.TrimSuffix(value, " kB"))
	if err != nil {
		return 0
	}
	return float64(kib) * 1024
}

// processor is the time that it has had on the processors so far, to a hundredth of a second; 0 where the system doesn't tell.
func (p *program) processor() time.Duration { return ticks(procStat(p.cmd.Process.Pid), 11, 12) }

// freeAddr is an address that nobody listens on.
func freeAddr(ctx context.Context) (string, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
