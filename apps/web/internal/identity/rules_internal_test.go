package identity

import (
	"strings"
	"testing"
)

func TestEmails(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		" Ines@Example.ORG ":     "ines@example.org",
		"ines+cards@example.org": "ines+cards@example.org",
		"ines@bücher.example":    "ines@xn--bcher-kva.example",
		"ines@BÜCHER.example":    "ines@xn--bcher-kva.example",
		"zoe\u0308@example.org":  "zo\u00eb@example.org",
	} {
		if got, wrong := parseEmail(raw, false); wrong != nil || got != want {
			t.Errorf("%q became %q (%v), want %q", raw, got, wrong, want)
		}
	}
	for _, raw := range []string{
		"", "  ", "ines", "@example.org", "ines@", "ines@@example.org", "ines@a@example.org", "ines@localhost", "ines@example.", "ines@.org",
		"Ines <ines@example.org>", "<ines@example.org>", "ines@example.org (Ines)", `"ines m"@example.org`, "ines @example.org",
		"ines@[127.0.0.1]", "ines@exa mple.org", "ines@exa_mple.org", "ines@example.org\x00", "ines@example.org\r\nBcc: all@example.org",
		"ines\u202e@example.org", ".ines@example.org", "ines..m@example.org", "in\xffes@example.org",
		strings.Repeat("i", 65) + "@example.org", "ines@" + strings.Repeat("a.", 130) + "org",
	} {
		if got, wrong := parseEmail(raw, false); wrong == nil {
			t.Errorf("%q was taken as %q", raw, got)
		}
	}
	if got, wrong := parseEmail("ines@localhost", true); wrong != nil || got != "ines@localhost" {
		t.Errorf("development refuses ines@localhost: %q, %v", got, wrong)
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"  Ines Moreau ":               "Ines Moreau",
		strings.Repeat("é", 100):       strings.Repeat("é", 100),
		"李":                            "李",
		"Zoe\u0308":                    "Zo\u00eb",
		"\U0001F469\u200D\U0001F680 A": "\U0001F469\u200D\U0001F680 A",
	} {
		if got, wrong := parseName(raw); wrong != nil || got != want {
			t.Errorf("%q became %q (%v)", raw, got, wrong)
		}
	}
	for raw, code := range map[string]string{
		"": "required", " \t\u00a0": "required", "\u200b": "required", strings.Repeat("é", 101): "too_long",
		"Ines\nMoreau": "malformed", "Ines\x00": "malformed", "Ines \u202emoc": "malformed", "Ines\u2028Moreau": "malformed", "In\xffes": "malformed",
	} {
		if got, wrong := parseName(raw); wrong == nil || wrong.Code != code {
			t.Errorf("%q: got %q, %+v, want %s", raw, got, wrong, code)
		}
	}
}

func TestPasswords(t *testing.T) {
	t.Parallel()
	const name, email = "Ines Moreau", "ines.m@fernway.example"
	for _, fine := range []string{
		"kettle ridge loop", "8 kayaks", "дождь идёт", "x7#9!2kQ", "tr0ub4dor&3", "zx94718265",
		strings.Repeat("å∂ƒ ", 64), "dragonfly pond", "monkey wrench gang", "Ines climbs hills",
	} {
		if _, wrong := parsePassword(fine, name, email); wrong != nil {
			t.Errorf("%q was refused: %s", fine, wrong.Code)
		}
	}
	for password, code := range map[string]string{
		"": "required", "7 chars": "too_short", strings.Repeat("é", 7): "too_short", strings.Repeat("é", 257): "too_long",
	} {
		if _, wrong := parsePassword(password, name, email); wrong == nil || wrong.Code != code {
			t.Errorf("%q: got %+v, want %s", password, wrong, code)
		}
	}
	if a, _ := parsePassword("cafe\u0301 au lait", name, email); a != "caf\u00e9 au lait" {
		t.Errorf("an é typed on another keyboard is another password: %q", a)
	}
}

func TestCommonPasswordsAreRefused(t *testing.T) {
	t.Parallel()
	for _, password := range []string{
		"password", "Password1", "P4ssw0rd!", "password12345678", "passwordpassword", "PASSWORD2026!", "p@$$w0rd", "!!password!!",
		"12345678", "123456789", "87654321", "00000000", "11112222", "12121212", "abcabcabc", "aaaaaaaa", "abcdefgh", "19841984",
		"qwertyui", "qwertyuiop", "QWERTY123", "asdfghjkl", "1q2w3e4r", "1qaz2wsx", "zaq12wsx", "qazwsxedc", "poiuytrewq", "azertyuiop",
		"iloveyou", "iloveyou2", "i love you", "sunshine1", "football", "welcome1", "Welcome2026", "letmein123", "trustno1!", "dragon99",
		"cardwall", "cardwall1", "Summer2026!", "superman", "starwars1", "correcthorsebatterystaple",
		"inesmoreau", "Ines Moreau", "moreau2026", "ines.m@fernway.example", "inesines",
	} {
		if _, wrong := parsePassword(password, "Ines Moreau", "ines.m@fernway.example"); wrong == nil || wrong.Code != "too_common" {
			t.Errorf("%q was accepted: %+v", password, wrong)
		}
	}
}

func TestPasswordHashes(t *testing.T) {
	t.Parallel()
	made := newPHC("kettle ridge loop", DefaultHashCost())
	if !strings.HasPrefix(made.String(), "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("cost of %s", made)
	}
	read, err := parsePHC(made.String())
	if err != nil || read.stale(DefaultHashCost()) || !read.matches("kettle ridge loop") || read.matches("kettle ridge loops") {
		t.Errorf("%s came back as %+v, %v", made, read, err)
	}
	if other := newPHC("kettle ridge loop", DefaultHashCost()); other.String() == made.String() {
		t.Error("two hashes share a salt")
	}
	for _, damaged := range []string{
		"", "$2a$10$abc", "$argon2i$v=19$m=19456,t=2,p=1$c2FsdA$a2V5", "$argon2id$v=19$m=99999999,t=2,p=1$c2FsdA$a2V5",
		"$argon2id$v=19$m=19456,t=0,p=1$c2FsdA$a2V5", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$a2V5", "$argon2id$v=19$m=x$c2FsdA$a2V5",
	} {
		if got, err := parsePHC(damaged); err == nil {
			t.Errorf("%q was read as %+v", damaged, got)
		}
	}
}

func TestWaitsInWords(t *testing.T) {
	t.Parallel()
	limit := DefaultLimits().Account
	for _, c := range []struct {
		try  Try
		want string
	}{
		{Try{Count: 1}, "Four more tries before a short wait."},
		{Try{Count: 2}, "Three more tries before a short wait."},
		{Try{Count: 4}, "One more try before a short wait."},
		{Try{Count: 5, Wait: 5_000_000_000}, "Please wait 5 seconds before the next try."},
		{Try{Count: 9, Wait: 900_000_000}, "Please wait 1 second before the next try."},
		{Try{Count: 99, Wait: 300_000_000_000}, "Please wait 5 minutes before the next try."},
	} {
		if got := afterThis(limit, c.try); got != c.want {
			t.Errorf("%+v reads %q", c.try, got)
		}
	}
}
