// Package e2e tests Cardwall whole: both apps as they are deployed, apart, and what people do with them.
//
// Each test runs its own pair: the two programs, built without the workspace as their images are, two
// databases with a role each, free ports, the environment that an operator would set. It speaks to web only,
// over HTTP through the generated client, or with a real browser. There is nothing here but tests; start
// with stack_test.go (the two apps), person_test.go (somebody without a browser) and page_test.go (somebody
// with one).
package e2e
