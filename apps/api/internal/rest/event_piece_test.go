package rest_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"cardwall/packages/kanbanapi"
)

// pieces are the chunks of a stream (RFC 9112 §7.1), as they are on the wire.
func pieces(t *testing.T, p *person, path string) func() string {
	t.Helper()
	address := strings.TrimPrefix(p.api.URL, "http://")
	conn := must((&net.Dialer{}).DialContext(t.Context(), "tcp", address))(t)
	t.Cleanup(func() { _ = conn.Close() })
	wantDone(t, conn.SetDeadline(time.Now().Add(10*time.Second)))
	must(fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n", path, address, p.token(t)))(t)
	in := bufio.NewReader(conn)
	for line := ""; line != "\r\n"; {
		line = must(in.ReadString('\n'))(t)
	}
	return func() string {
		size := must(strconv.ParseInt(strings.TrimSpace(must(in.ReadString('\n'))(t)), 16, 64))(t)
		piece := make([]byte, size+2) // and the end of the line
		must(io.ReadFull(in, piece))(t)
		return string(piece[:size])
	}
}

func TestWhatHappenedGoesOutInOnePiece(t *testing.T) {
	t.Parallel()
	ada := setupLive(t, asItIs).person(t, "Ada")
	w := ada.wall(t, "a", "b")
	seq := must(ada.Board(t.Context(), w.ID))(t).Seq
	next := pieces(t, ada, "/v1/boards/"+w.ID.String()+"/events?after=0")
	if begin := next(); !strings.HasPrefix(begin, "retry: ") {
		t.Fatalf("it begins with %q", begin)
	}
	if missed := next(); !strings.HasPrefix(missed, "id: 1\nevent: ") || int64(strings.Count(missed, "\ndata: ")) != seq || !strings.HasSuffix(missed, "}\n\n") {
		t.Errorf("of %d activities the first piece has %q", seq, missed)
	}
	must(ada.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
	if moved := next(); !strings.HasPrefix(moved, fmt.Sprintf("id: %d\nevent: ", seq+1)) || !strings.HasSuffix(moved, "}\n\n") {
		t.Errorf("a move is %q", moved)
	}
}
