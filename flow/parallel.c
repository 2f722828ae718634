/* SPDX-License-Identifier: Apache-2.0 */
/* Jobs, the threads that execute them, and their output in order. */
#include "flow/parallel.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "core/file/parts.h"
#include "flow/capture_source.h"
#include "flow/flow.h"

enum { JOBS_A_THREAD = 4 }; /* per file: small jobs balance the load */

/* Adjacent parts of one file, or all files of a series. */
struct job {
	unsigned file, files; /* index in the options, and number of files */
	unsigned read;	      /* files read: fewer if reading ended early */
	struct parts *parts;  /* NULL: a series, or it could not be opened */
	struct part_run run;
	bool is_last; /* of its file */
	bool is_done, failed;
	bool is_damaged; /* the rest is read again, by one thread */
	struct evidence evidence;
	uint64_t *hits;	   /* of each rule */
	struct buffer out; /* the alerts, as they are printed */
	struct error err;
	uint64_t events, alerts;
	bool failed_on;
};

struct pool {
	const struct parallel_options *options;
	struct job *jobs;
	unsigned count;
	struct parts **files;
	unsigned file_count;
	unsigned started;     /* threads */
	pthread_mutex_t lock; /* of all below, and of is_done */
	pthread_cond_t changed;
	unsigned next, printed;
	struct ruleset *total;
};

/* One thread's work on one job. */
struct worker {
	struct pool *pool;
	struct job *job;
	struct ruleset *set;
	struct replay *replay;
};

static void on_alert(void *user, struct rule *rule,
		     const struct field_context *context)
{
	struct worker *w = user;
	struct alert alert = { rule, context, replay_hostname(w->replay) };
	const struct parallel_options *options = w->pool->options;

	w->job->alerts++;
	if (options->fail_on >= 0 &&
	    rule->priority <= (enum priority)options->fail_on)
		w->job->failed_on = true;
	options->form->write(&w->job->out, &alert, options->alerts);
}

/*
 * Opens a part, or a whole series: the files of a series are read one after
 * the other, because each begins with less state than the previous one leaves.
 */
static int open_job(const struct worker *w, struct capture_source *ret_source,
		    struct job *job, struct resume_point *ret_point)
{
	const struct parallel_options *o = w->pool->options;

	*ret_point = (struct resume_point){ 0 };
	if (!job->parts)
		return capture_source_open(ret_source, o->files + job->file,
					   o->count - job->file, 0, &job->err);
	*ret_source = (struct capture_source){ .count = 1 };
	return parts_reader(&ret_source->reader, job->parts, &job->run,
			    ret_point, &job->err);
}

static void take_results(struct job *job, struct reader *reader)
{
	job->is_damaged = reader_evidence(reader)->is_damaged;
	evidence_join(&job->evidence, reader_evidence(reader));
	job->events = reader_stats(reader)->events;
	job->read = (unsigned)reader_stats(reader)->files;
}

/* Replays the parts of a job, with a state and rules of its own. */
static void do_job(struct worker *w, struct job *job)
{
	struct replay_options options = w->pool->options->replay;
	struct capture_source source;
	struct resume_point point;
	struct pump pump = { .source = NULL };

	w->job = job;
	options.rules = w->set;
	options.alert = on_alert;
	options.event = NULL;
	options.user = w;
	if (open_job(w, &source, job, &point)) {
		job->failed = true;
		job->read = 1;
		return;
	}
	w->replay = replay_new(&options);
	if (point.events)
		replay_resume(w->replay, point.first_ts_ns,
			      point.previous_ts_ns);
	pump.source = capture_source_items(&source);
	pump.sinks[0] = replay_sink(w->replay);
	job->failed = pump_run(&pump, &job->err) < 0;
	take_results(job, source.reader);
	replay_free(w->replay);
	capture_source_close(&source);
}

/* The next job, not too far ahead of the output; NULL: no more jobs. */
static struct job *take_job(struct pool *pool)
{
	struct job *job = NULL;

	pthread_mutex_lock(&pool->lock);
	while (pool->next < pool->count &&
	       pool->next >= pool->printed + 4 * pool->options->threads)
		pthread_cond_wait(&pool->changed, &pool->lock);
	while (pool->next < pool->count && pool->jobs[pool->next].is_done)
		pool->next++; /* could not be opened */
	if (pool->next < pool->count)
		job = &pool->jobs[pool->next++];
	pthread_mutex_unlock(&pool->lock);
	return job;
}

/* Takes over the matches of the rules in a job, and resets their counters. */
static void take_hits(struct job *job, const struct ruleset *set)
{
	unsigned n;
	struct rule *const *rules = ruleset_rules(set, &n);

	job->hits = mem_zalloc((n + 1) * sizeof(*job->hits));
	for (unsigned i = 0; i < n; i++) {
		job->hits[i] = rules[i]->hits;
		rules[i]->hits = 0;
	}
}

static void add_hits(struct ruleset *to, const struct job *job)
{
	unsigned n;
	struct rule *const *rules = ruleset_rules(to, &n);

	for (unsigned i = 0; job->hits && i < n; i++)
		rules[i]->hits += job->hits[i];
}

static void *work(void *user)
{
	struct pool *pool = user;
	struct worker w = { .pool = pool, .set = ruleset_copy(pool->total) };
	struct job *job;

	while ((job = take_job(pool))) {
		do_job(&w, job);
		take_hits(job, w.set);
		pthread_mutex_lock(&pool->lock);
		job->is_done = true;
		pthread_cond_broadcast(&pool->changed);
		pthread_mutex_unlock(&pool->lock);
	}
	ruleset_free(w.set);
	return NULL;
}

static void add_job(struct pool *pool, const struct job *job)
{
	pool->jobs = mem_realloc(pool->jobs,
				 (pool->count + 1) * sizeof(*pool->jobs));
	pool->jobs[pool->count++] = *job;
}

/* Splits a file into jobs with about the same number of parts. */
static void add_file(struct pool *pool, unsigned file)
{
	const char *path = pool->options->files[file];
	unsigned threads = pool->options->threads;
	struct job job = { .file = file, .files = 1, .read = 1 };
	unsigned parts, per_job;

	if (parts_open(&job.parts, path, &job.err)) {
		job.failed = job.is_done = true;
		add_job(pool, &job);
		return;
	}
	pool->files = mem_realloc(pool->files, (pool->file_count + 1) *
						       sizeof(struct parts *));
	pool->files[pool->file_count++] = job.parts;
	parts = parts_count(job.parts);
	per_job = parts / (threads * JOBS_A_THREAD);
	per_job += !per_job;
	for (unsigned at = 0; at < parts; at += per_job) {
		job.run.first = at;
		job.run.last =
			(at + per_job < parts ? at + per_job : parts) - 1;
		job.is_last = job.run.last == parts - 1;
		add_job(pool, &job);
	}
}

/* Adds the jobs of a file or a series; returns the number of files. */
static unsigned add_capture(struct pool *pool, unsigned file)
{
	const struct parallel_options *o = pool->options;
	const struct job series = { .file = file,
				    .files = series_len(o->files + file,
							o->count - file),
				    .is_last = true };

	if (series.files > 1)
		add_job(pool, &series);
	else
		add_file(pool, file);
	return series.files;
}

static void print_job(struct pool *pool, struct job *job,
		      struct evidence *evidence, struct parallel_result *result)
{
	if (job->out.len)
		fwrite(job->out.data, 1, job->out.len, pool->options->out);
	fflush(pool->options->out);
	add_hits(pool->total, job);
	evidence_join(evidence, &job->evidence);
	result->failed_on |= job->failed_on;
	result->events += job->events;
	result->alerts += job->alerts;
}

static void do_alone(struct pool *pool, struct job *job)
{
	struct worker w = { .pool = pool, .set = ruleset_copy(pool->total) };

	do_job(&w, job);
	take_hits(job, w.set);
	ruleset_free(w.set);
}

/*
 * After damage, everything from this job to the end of its file is read again
 * by one thread, because later jobs lack the state; their output is discarded.
 */
static void read_again(struct pool *pool, unsigned i, struct job *again)
{
	*again = (struct job){ .parts = pool->jobs[i].parts,
			       .run = pool->jobs[i].run };
	while (!pool->jobs[i].is_last)
		i++;
	again->run.last = pool->jobs[i].run.last;
	do_alone(pool, again);
}

/* Determines what is missing from a complete file. */
static void tell_missing(const struct pool *pool, const struct job *job,
			 struct evidence *evidence,
			 struct parallel_result *result)
{
	bool is_whole = job->parts && job->run.first == 0 && job->is_last;

	if (job->parts && !is_whole)
		parts_report_series(evidence, (struct parts *[]){ job->parts },
				    1);
	if (pool->options->ended(evidence, job->failed ? -1 : 0, &job->err))
		result->failed = true;
	evidence_free(evidence);
}

/* Waits for a job; if no thread could be created, executes it. */
static void wait_for(struct pool *pool, struct job *job)
{
	if (!pool->started && !job->is_done) {
		do_alone(pool, job);
		return;
	}
	pthread_mutex_lock(&pool->lock);
	while (!job->is_done)
		pthread_cond_wait(&pool->changed, &pool->lock);
	pthread_mutex_unlock(&pool->lock);
}

static void free_job(struct job *job)
{
	buffer_free(&job->out);
	evidence_free(&job->evidence);
	free(job->hits);
	job->hits = NULL;
}

static void job_is_printed(struct pool *pool, struct job *job)
{
	free_job(job);
	pthread_mutex_lock(&pool->lock);
	pool->printed++;
	pthread_cond_broadcast(&pool->changed);
	pthread_mutex_unlock(&pool->lock);
}

/*
 * Processes the files of a series after one that could not be read completely.
 */
static void print_rest(struct pool *pool, const struct job *job,
		       struct parallel_result *result)
{
	unsigned end = job->file + job->files;
	struct evidence evidence = { 0 };

	for (unsigned at = job->file + job->read; !job->parts && at < end;) {
		struct job rest = { .file = at, .read = 1, .is_last = true };

		do_alone(pool, &rest);
		print_job(pool, &rest, &evidence, result);
		tell_missing(pool, &rest, &evidence, result);
		at += rest.read;
		free_job(&rest);
	}
}

/*
 * Prints the output of all jobs in order; after damage, of the rest read
 * again.
 */
static void print_all(struct pool *pool, struct parallel_result *result)
{
	struct evidence evidence = { 0 };
	bool is_read = false; /* again: the rest of this file */

	for (unsigned i = 0; i < pool->count; i++) {
		struct job *job = &pool->jobs[i], again = { 0 };

		wait_for(pool, job);
		if (!is_read && job->parts &&
		    (job->is_damaged || job->failed) &&
		    !(job->run.first == 0 && job->is_last)) {
			read_again(pool, i, &again);
			print_job(pool, &again, &evidence, result);
			job->failed = again.failed;
			job->err = again.err;
			free_job(&again);
			is_read = true;
		} else if (!is_read) {
			print_job(pool, job, &evidence, result);
		}
		if (job->is_last || !job->parts) {
			tell_missing(pool, job, &evidence, result);
			print_rest(pool, job, result);
			is_read = false;
		}
		job_is_printed(pool, job);
	}
}

void parallel_replay(const struct parallel_options *options,
		     struct ruleset *set, struct parallel_result *ret_result)
{
	struct pool pool = { .options = options,
			     .total = set,
			     .lock = PTHREAD_MUTEX_INITIALIZER,
			     .changed = PTHREAD_COND_INITIALIZER };
	pthread_t *threads = mem_zalloc(options->threads * sizeof(*threads));

	*ret_result = (struct parallel_result){ 0 };
	for (unsigned i = 0; i < options->count;)
		i += add_capture(&pool, i);
	for (unsigned i = 0; i < options->threads; i++)
		pool.started += !pthread_create(&threads[pool.started], NULL,
						work, &pool);
	print_all(&pool, ret_result);
	for (unsigned i = 0; i < pool.started; i++)
		pthread_join(threads[i], NULL);
	for (unsigned i = 0; i < pool.file_count; i++)
		parts_close(pool.files[i]);
	free(pool.files);
	free(pool.jobs);
	free(threads);
}
