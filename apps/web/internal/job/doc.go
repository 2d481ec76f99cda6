// Package job does the work that changes leave behind, so far the sending of mails.
//
// A [Queue] writes a job in the transaction of the change: there is a job if and only if the change was committed. The
// runner of every replica (packages/job) looks for jobs and does them; each is done by one of them, again after a while when it
// fails, and never more often than its kind allows. The library river does the waiting and the counting, in the tables
// that migrations/auth/00015_job.sql makes. To add a kind of work: an args type and a worker in a file of their own, a
// method of Queue that adds it, and a line in [New].
package job
