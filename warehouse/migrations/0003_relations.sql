-- What the sentences say of the things they name.

create table relations (
    relation_id        varchar not null primary key,
    article_id         varchar not null,
    sentence_id        varchar not null,
    subject_mention_id varchar not null,
    predicate          varchar not null,
    object_mention_id  varchar not null,
    is_negated         boolean not null,
    is_hedged          boolean not null,
    score              double not null check (score between 0 and 1),
    method             varchar not null
);
comment on table relations is 'One row per statement in a sentence; it is evidence, the view claims sums it up.';
comment on column relations.relation_id is 'Identifier made from the sentence, the two mentions and the predicate.';
comment on column relations.article_id is 'Article that makes the statement.';
comment on column relations.sentence_id is 'Sentence that makes the statement.';
comment on column relations.subject_mention_id is 'Mention that acts.';
comment on column relations.predicate is 'What is said; see predicates.';
comment on column relations.object_mention_id is 'Mention that is acted on.';
comment on column relations.is_negated is 'Whether the sentence denies it.';
comment on column relations.is_hedged is 'Whether the sentence says it with reserve, as with may or suggests.';
comment on column relations.score is 'Trust in the statement, 0 to 1.';
comment on column relations.method is 'Rule that found it.';

create table predicates (
    predicate                  varchar not null primary key,
    biolink_predicate          varchar not null,
    qualified_predicate        varchar,
    object_aspect_qualifier    varchar,
    object_direction_qualifier varchar
);
comment on table predicates is 'One row per predicate, with its counterpart in the Biolink Model (version 4.4.4).';
comment on column predicates.predicate is 'Name of the predicate in relations and claims.';
comment on column predicates.biolink_predicate is 'Biolink predicate, a CURIE.';
comment on column predicates.qualified_predicate is 'Biolink qualified_predicate, a CURIE; null: none.';
comment on column predicates.object_aspect_qualifier is 'Biolink object_aspect_qualifier: what of the object changes; null: none.';
comment on column predicates.object_direction_qualifier is 'Biolink object_direction_qualifier: increased or decreased; null: none.';

-- Biolink keeps treats for established treatments and asks text mining for the broader predicate; its binds is deprecated.
insert into predicates values
    ('inhibits', 'biolink:affects', 'biolink:causes', 'activity', 'decreased'),
    ('activates', 'biolink:affects', 'biolink:causes', 'activity', 'increased'),
    ('binds', 'biolink:directly_physically_interacts_with', null, null, null),
    ('depletes', 'biolink:affects', 'biolink:causes', 'abundance', 'decreased'),
    ('modulates', 'biolink:affects', null, null, null),
    ('treats', 'biolink:treats_or_applied_or_studied_to_treat', null, null, null),
    ('prevents', 'biolink:preventative_for_condition', null, null, null),
    ('causes', 'biolink:causes', null, null, null),
    ('increases', 'biolink:affects', 'biolink:causes', 'activity_or_abundance', 'increased'),
    ('decreases', 'biolink:affects', 'biolink:causes', 'activity_or_abundance', 'decreased'),
    ('associated_with', 'biolink:associated_with', null, null, null);

create table predicate_signatures (
    predicate    varchar not null,
    subject_type varchar not null,
    object_type  varchar not null,
    primary key (predicate, subject_type, object_type)
);
comment on table predicate_signatures is 'One row per pair of entity types that a predicate may join; written from the code.';
comment on column predicate_signatures.predicate is 'Name of the predicate; see predicates.';
comment on column predicate_signatures.subject_type is 'Entity type of the subject.';
comment on column predicate_signatures.object_type is 'Entity type of the object.';
