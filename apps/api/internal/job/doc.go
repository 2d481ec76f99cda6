// Package job does what nobody waits for, so far the purge of what has been in the trash for long enough.
//
// Every replica has a runner (packages/job). One of them, which they elect, writes the job of each period into the tables that
// migrations/kanban/00018_job.sql makes, where no period has two; any of them does it. A job that fails is tried again; one whose
// process died is given to another. The library river does the electing, the waiting and the counting.
package job
