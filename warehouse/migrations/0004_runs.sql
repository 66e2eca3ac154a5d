-- What was done when, what failed, and which state of the warehouse this file is.

create table runs (
    run_id             varchar not null primary key,
    started_at         timestamp not null,
    finished_at        timestamp,
    status             varchar not null check (status in ('running', 'finished', 'failed', 'interrupted')),
    new_count          integer,
    changed_count      integer,
    unchanged_count    integer,
    failed_count       integer,
    mention_count      integer,
    relation_count     integer,
    code_version       varchar not null,
    model_version      varchar not null,
    vocabulary_version varchar not null,
    rules_version      varchar not null,
    extractor_version  varchar not null
);
comment on table runs is 'One row per run that had something to do; a run that found nothing new leaves no row.';
comment on column runs.run_id is 'Identifier; it sorts by time.';
comment on column runs.started_at is 'Start, in UTC.';
comment on column runs.finished_at is 'End, in UTC; null: interrupted.';
comment on column runs.status is 'finished, failed, or interrupted (killed; a later run kept what it had loaded). running never stands in a published file.';
comment on column runs.new_count is 'Articles read for the first time; null: interrupted.';
comment on column runs.changed_count is 'Articles read again and replaced; null: interrupted.';
comment on column runs.unchanged_count is 'Articles left alone; null: interrupted.';
comment on column runs.failed_count is 'Inputs that could not be read or extracted; null: interrupted.';
comment on column runs.mention_count is 'Mentions this run wrote; null: interrupted.';
comment on column runs.relation_count is 'Relations this run wrote; null: interrupted.';
comment on column runs.code_version is 'Version of the code.';
comment on column runs.model_version is 'Version of the language model.';
comment on column runs.vocabulary_version is 'Version of the vocabulary.';
comment on column runs.rules_version is 'Version of the relation rules.';
comment on column runs.extractor_version is 'All four versions in one; articles.extractor_version has the same form.';

create table failures (
    run_id            varchar not null,
    source_uri        varchar not null,
    stage             varchar not null,
    error             varchar not null,
    message           varchar not null,
    content_sha256    varchar,
    extractor_version varchar not null,
    resolved_run_id   varchar,
    primary key (run_id, source_uri)
);
comment on table failures is 'One row per input that a run could not read or extract; those with resolved_run_id null still stand.';
comment on column failures.run_id is 'Run that failed on it.';
comment on column failures.source_uri is 'Input that failed.';
comment on column failures.stage is 'find, read or extract.';
comment on column failures.error is 'Short stable name of the reason, such as not_utf8.';
comment on column failures.message is 'What came, what is allowed and what to do.';
comment on column failures.content_sha256 is 'SHA-256 of the bytes; null: they could not be read.';
comment on column failures.extractor_version is 'Code, model, vocabulary and rules that failed on it.';
comment on column failures.resolved_run_id is 'Later run that read the input, or failed on it again and has its own row; null: still standing.';

create table publication (
    publication_id varchar not null primary key,
    based_on       varchar,
    schema_sha256  varchar not null
);
comment on table publication is 'One row: which state of the warehouse this file is. Bookkeeping of the writer.';
comment on column publication.publication_id is 'Identifier of this state.';
comment on column publication.based_on is 'State it was made from; null: none.';
comment on column publication.schema_sha256 is 'Hash of the steps, views and predicates of the code that wrote this file.';
