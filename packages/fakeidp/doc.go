// Package fakeidp is a fake identity provider on a loopback port, for tests and for `task dev` with DEV_IDP=1.
//
// One [Server] looks like Google, like GitHub and like any OpenID Connect provider, each under its own path, so that
// GOOGLE_URL, GITHUB_URL and OIDC_ISSUER can point at it. In a browser it shows a page with a button per person;
// [Server.ConsentAs] presses it by itself. It keeps the protocol strictly: a code works once, for the client, the
// redirect address and the PKCE challenge it was asked for with. A test can make it lie ([Server.Change],
// [Server.ChangeIDToken], [Server.SignWith]), fail in every way ([Server.Fail], [Server.Down]), and see what it was
// asked ([Server.Asked]).
//
// Everybody knows its client id and secret, and anybody may be anyone there. Only tests and package dev import it.
package fakeidp
