-- What title and abstract of an article relate as a whole.

create table article_relations (
    article_relation_id varchar not null primary key,
    article_id          varchar not null,
    subject_mention_id  varchar not null,
    predicate           varchar not null,
    object_mention_id   varchar not null,
    score               double not null check (score between 0 and 1),
    method              varchar not null
);
comment on table article_relations is 'One row per drug and harm that a classifier finds title and abstract of an article (of one without an abstract all, up to 5,000 characters) to relate, whether a sentence says so or several together. No statement: filter on score, a probability of at least about one third.';
comment on column article_relations.article_relation_id is 'Identifier made from the article, the two mentions and the predicate.';
comment on column article_relations.article_id is 'Article that relates them.';
comment on column article_relations.subject_mention_id is 'Mention of the drug that says most of it; other mentions may mean the same.';
comment on column article_relations.predicate is 'causes; see predicates.';
comment on column article_relations.object_mention_id is 'Mention of the disease or adverse effect that says most of it, often in another sentence.';
comment on column article_relations.score is 'Probability that a reader of the abstract would say so too: of rows with 0.8, eight in ten are right.';
comment on column article_relations.method is 'Classifier that found it.';
