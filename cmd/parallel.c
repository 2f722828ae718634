/* SPDX-License-Identifier: Apache-2.0 */
/* Jobs, the threads that do them, and their output in order. */
#include "cmd/parallel.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "core/file/parts.h"
#include "replay/replay.h"

enum { JOBS_A_THREAD = 4 }; /* per file: small ones even the load out */

/* Some neighbouring parts of one file. */
struct job {
	struct parts *parts;
	unsigned first, last;
	bool is_done, failed;
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
	const struct alert_form *form;
};

static void on_alert(void *user, struct rule *rule,
		     const struct field_context *context)
{
	struct worker *w = user;
	struct alert alert = { rule, context, replay_hostname(w->replay) };
	int fail_on = w->pool->options->fail_on;

	w->job->alerts++;
	if (fail_on >= 0 && rule->priority <= (enum priority)fail_on)
		w->job->failed_on = true;
	w->form->write(&w->job->out, &alert, &w->pool->options->rules->alerts);
}

static void do_job(struct worker *w, struct job *job)
{
	struct replay_options options = { .rules = w->set,
					  .alert = on_alert,
					  .user = w };
	struct item *item = mem_zalloc(sizeof(*item));
	struct resume_point point;
	struct reader *reader;
	int code;

	w->job = job;
	rule_options_apply(w->pool->options->rules, &options);
	if (parts_reader(&reader, job->parts, job->first, job->last, &point,
			 &job->err)) {
		job->failed = true;
		free(item);
		return;
	}
	w->replay = replay_new(&options);
	if (point.events)
		replay_resume(w->replay, point.first_ts_ns,
			      point.previous_ts_ns);
	while ((code = source_next(reader_source(reader), item, &job->err)) > 0)
		replay_put(w->replay, item, &job->err);
	job->failed = code < 0;
	job->events = reader_stats(reader)->events;
	replay_free(w->replay);
	reader_close(reader);
	free(item);
}

/* The next job; NULL if there are no more.  Not too far before the output. */
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

static void add_hits(struct ruleset *to, const struct ruleset *from)
{
	unsigned n;
	struct rule *const *rules = ruleset_rules(to, &n);
	struct rule *const *others = ruleset_rules(from, &n);

	for (unsigned i = 0; i < n; i++)
		rules[i]->hits += others[i]->hits;
}

static void *work(void *user)
{
	struct pool *pool = user;
	const struct rule_options *rules = pool->options->rules;
	struct worker w = { .pool = pool,
			    .set = rule_options_load(rules, "replay"),
			    .form = alert_form_find(rules->json ? "json"
								: "text") };
	struct job *job;

	while (w.set && (job = take_job(pool))) {
		do_job(&w, job);
		pthread_mutex_lock(&pool->lock);
		job->is_done = true;
		pthread_cond_broadcast(&pool->changed);
		pthread_mutex_unlock(&pool->lock);
	}
	pthread_mutex_lock(&pool->lock);
	if (w.set)
		add_hits(pool->total, w.set);
	pthread_mutex_unlock(&pool->lock);
	ruleset_free(w.set);
	return NULL;
}

static void add_job(struct pool *pool, const struct job *job)
{
	pool->jobs = mem_realloc(pool->jobs,
				 (pool->count + 1) * sizeof(*pool->jobs));
	pool->jobs[pool->count++] = *job;
}

/* Cuts a file into jobs of about as many parts each. */
static void add_file(struct pool *pool, const char *path)
{
	unsigned threads = pool->options->threads;
	struct job job = { .parts = NULL };
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
		job.first = at;
		job.last = at + per_job < parts ? at + per_job - 1 : parts - 1;
		add_job(pool, &job);
	}
}

static void print_job(struct job *job, struct parallel_result *result)
{
	fwrite(job->out.data, 1, job->out.len, stdout);
	fflush(stdout);
	if (job->failed)
		cmd_fail("replay", &job->err);
	result->failed |= job->failed;
	result->failed_on |= job->failed_on;
	result->events += job->events;
	result->alerts += job->alerts;
	buffer_free(&job->out);
}

static void print_all(struct pool *pool, struct parallel_result *result)
{
	pthread_mutex_lock(&pool->lock);
	while (pool->printed < pool->count) {
		struct job *job = &pool->jobs[pool->printed];

		while (!job->is_done)
			pthread_cond_wait(&pool->changed, &pool->lock);
		pthread_mutex_unlock(&pool->lock);
		print_job(job, result);
		pthread_mutex_lock(&pool->lock);
		pool->printed++;
		pthread_cond_broadcast(&pool->changed);
	}
	pthread_mutex_unlock(&pool->lock);
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
	for (unsigned i = 0; i < options->files->count; i++)
		add_file(&pool, options->files->items[i]);
	for (unsigned i = 0; i < options->threads; i++)
		pthread_create(&threads[i], NULL, work, &pool);
	print_all(&pool, ret_result);
	for (unsigned i = 0; i < options->threads; i++)
		pthread_join(threads[i], NULL);
	for (unsigned i = 0; i < pool.file_count; i++)
		parts_close(pool.files[i]);
	free(pool.files);
	free(pool.jobs);
	free(threads);
}
