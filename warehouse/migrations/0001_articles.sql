-- Articles, their sections and their sentences.
-- Offsets everywhere: 0-based, end-exclusive, in characters (Unicode code points) of articles.text, so that
-- substr(text, start_char + 1, end_char - start_char) is the stretch meant.
-- Primary keys yes, foreign keys no: an article is replaced by delete and insert in one transaction, which a
-- foreign key that points at it would refuse. The checks look for orphans instead.

create table articles (
    article_id        varchar not null primary key,
    title             varchar,
    text              varchar not null,
    journal           varchar,
    published         varchar,
    published_year    integer,
    doi               varchar,
    pmid              varchar,
    pmcid             varchar,
    licence           varchar,
    article_type      varchar,
    is_retracted      boolean not null,
    source_uri        varchar not null,
    source_format     varchar not null,
    content_sha256    varchar not null,
    extractor_version varchar not null,
    run_id            varchar not null
);
comment on table articles is 'One row per article, in its current version.';
comment on column articles.article_id is 'Identifier of the article, the same in every run.';
comment on column articles.title is 'Title as the source states it; null: none found.';
comment on column articles.text is 'The whole text after cleaning, title first; all offsets count its characters.';
comment on column articles.journal is 'Journal as the source states it.';
comment on column articles.published is 'Date of publication, ISO 8601 as precise as the source: YYYY, YYYY-MM or YYYY-MM-DD.';
comment on column articles.published_year is 'Year of published.';
comment on column articles.doi is 'Digital object identifier, without resolver address.';
comment on column articles.pmid is 'PubMed identifier.';
comment on column articles.pmcid is 'PubMed Central identifier.';
comment on column articles.licence is 'Licence as the source states it.';
comment on column articles.article_type is 'Kind of article as the source states it, such as review.';
comment on column articles.is_retracted is 'Whether the article is known to be retracted; the claims leave such articles out.';
comment on column articles.source_uri is 'Where the article was read from.';
comment on column articles.source_format is 'Format it was read as, such as text or markdown.';
comment on column articles.content_sha256 is 'SHA-256 of the bytes as they came, before any cleaning; a new one makes a new version.';
comment on column articles.extractor_version is 'Code, model, vocabulary and rules that made the rows of this article.';
comment on column articles.run_id is 'Run that made the rows of this article; see runs.';

create table sections (
    article_id varchar not null,
    section_no integer not null check (section_no >= 0),
    kind       varchar not null,
    heading    varchar,
    start_char integer not null check (start_char >= 0),
    end_char   integer not null check (end_char > start_char),
    is_read    boolean not null,
    primary key (article_id, section_no)
);
comment on table sections is 'One row per section of an article; together they cover its text.';
comment on column sections.article_id is 'Article the section belongs to.';
comment on column sections.section_no is 'Place of the section in its article, from 0.';
comment on column sections.kind is 'What the section is: title, abstract, results, references and so on; body where the text does not say.';
comment on column sections.heading is 'Heading as printed; the section begins with it. Null: no heading.';
comment on column sections.start_char is 'First character in articles.text, 0-based, heading included.';
comment on column sections.end_char is 'Character after the last one in articles.text.';
comment on column sections.is_read is 'Whether mentions and relations are taken from it; false for references, funding and the like.';

create table sentences (
    sentence_id varchar not null primary key,
    article_id  varchar not null,
    section_no  integer not null,
    sentence_no integer not null check (sentence_no >= 0),
    start_char  integer not null check (start_char >= 0),
    end_char    integer not null check (end_char > start_char),
    text        varchar not null
);
comment on table sentences is 'One row per sentence or heading.';
comment on column sentences.sentence_id is 'Identifier made from the article and the offsets.';
comment on column sentences.article_id is 'Article the sentence belongs to.';
comment on column sentences.section_no is 'Section of the article the sentence stands in.';
comment on column sentences.sentence_no is 'Place of the sentence in its article, from 0.';
comment on column sentences.start_char is 'First character in articles.text, 0-based.';
comment on column sentences.end_char is 'Character after the last one in articles.text.';
comment on column sentences.text is 'The sentence, character for character.';
