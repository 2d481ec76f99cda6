package mail

import (
	"fmt"
	"strings"
	"time"

	"cardwall/apps/web/internal/identity"
)

// words are a letter's: the same in its text and its HTML.
type words struct {
	Subject string
	Hello   string
	Body    []string // paragraphs before the link
	Button  string   // what the link says; "" for none
	Link    string
	After   []string // paragraphs after it
	From    string   // the site that it comes from
}

// wordsFor writes a letter of the site.
func wordsFor(l identity.Letter, site string) words {
	w := words{Hello: "Hello,", Link: l.Link, From: site}
	if l.Name != "" {
		w.Hello = "Hello " + l.Name + ","
	}
	life := "The link works once, for " + inWords(l.Life) + "."
	switch l.What {
	case identity.OnVerify:
		w.Subject, w.Button = "Confirm your e-mail for Cardwall", "Confirm this e-mail"
		w.Body = []string{"Somebody, hopefully you, gave " + l.To + " as their e-mail at " + site + ". Please confirm that it is yours, signed in to that account."}
		w.After = []string{life, "If it wasn't you, do nothing: without your confirmation the address isn't used."}
	case identity.OnReset:
		w.Subject, w.Button = "Choose a new password for Cardwall", "Choose a new password"
		w.Body = []string{"Somebody, hopefully you, has forgotten the password of " + l.To + " at " + site + ". You can choose a new one here."}
		w.After = []string{life, "If it wasn't you, do nothing: your password stays as it is."}
	case identity.OnInvite:
		w.Subject, w.Button = "You are invited to Cardwall", "Create your account"
		w.Body = []string{"You are invited to work with others on the boards at " + site + "."}
		w.After = []string{life, "If you don't want to, do nothing."}
	case identity.OnBoardInvite:
		w.Subject, w.Button = l.By+" invites you to a board", "See the invitation"
		w.Body = []string{l.By + " invites you to the board “" + l.About + "” at " + site + ", to work on it together."}
		w.After = []string{life, "You need an account there, or make one on the way. If you don't know " + l.By + " or don't want to, do nothing."}
	case identity.OnPasswordChanged:
		w.Subject = "Your password was changed"
		w.Body = []string{"The password of your account at " + site + " has just been changed.", "If it was you, all is well. If it wasn't, go to " + site + "/account, and choose another one there. If you can't sign in any more, that page leads you to a new password. And tell whoever runs this Cardwall."}
	case identity.OnEmailChanging:
		w.Subject = "Your e-mail at Cardwall is about to change"
		w.Body = []string{"Somebody who is signed in as you at " + site + " asked to change your e-mail to " + l.About + ". It changes once that address is confirmed.", "If it wasn't you, go to " + site + "/account now, and change your password, or end all other sessions if you have none: that ends this change too. If you can't sign in any more, " + site + "/forgotten gives you a new password. And tell whoever runs this Cardwall."}
	case identity.OnEmailChanged:
		w.Subject = "Your e-mail at Cardwall was changed"
		w.Body = []string{"The e-mail of your account at " + site + " has just been changed to " + l.About + ". This address counts there no more.", "If it was you, all is well. If it wasn't, go to " + site + "/account now where you are still signed in, end all other sessions and change your password. And tell whoever runs this Cardwall."}
	case identity.OnLinked:
		w.Subject = "Your Cardwall account has another way in"
		w.Body = []string{"An account of " + l.About + " has just been linked to yours at " + site + ": whoever signs in with it gets into your account.", "If it was you, all is well. If it wasn't, go to " + site + "/account now, unlink it there, end all other sessions and change your password. And tell whoever runs this Cardwall."}
	case identity.OnUnlinked:
		w.Subject = "Your Cardwall account lost a way in"
		w.Body = []string{"An account of " + l.About + " has just been unlinked from yours at " + site + ": nobody gets in with it any more.", "If it was you, all is well. If it wasn't, go to " + site + "/account now, end all other sessions and change your password. And tell whoever runs this Cardwall."}
	}
	return w
}

// text is the letter for readers that show no HTML.
func (w words) text() string {
	parts := append([]string{w.Hello}, w.Body...)
	if w.Link != "" {
		parts = append(parts, w.Button+":\n"+w.Link)
	}
	parts = append(parts, w.After...)
	return strings.Join(append(parts, "-- \nCardwall at "+w.From+"\n"), "\n\n")
}

func inWords(life time.Duration) string {
	hours := int(life / time.Hour)
	switch {
	case hours == 1:
		return "one hour"
	case hours%24 == 0 && hours > 24:
		return fmt.Sprintf("%d days", hours/24)
	default:
		return fmt.Sprintf("%d hours", hours)
	}
}
