-- What stands above a concept, what kind of name a synonym is, and how a mention was grounded.

alter table concepts add column vocabulary_version varchar;
comment on column concepts.vocabulary_version is 'Version of that vocabulary; null: not known.';

alter table concept_synonyms add column kind varchar;
comment on column concept_synonyms.kind is
    'What kind of name: preferred, exact, brand, abbreviation, alias, related, description or plural; null: read by an earlier version.';

create table concept_parents (
    concept_id  varchar not null,
    parent_id   varchar not null,
    parent_name varchar not null,
    distance    integer not null check (distance >= 0),
    primary key (concept_id, parent_id)
);
comment on table concept_parents is
    'One row per concept and concept above it, however far, and one for the concept itself: for roll-up, as in concept_ancestor of OMOP.';
comment on column concept_parents.concept_id is 'Concept that some mention means.';
comment on column concept_parents.parent_id is 'Concept above it, or itself; it need not be mentioned anywhere.';
comment on column concept_parents.parent_name is 'Preferred name of parent_id.';
comment on column concept_parents.distance is 'Steps up, by the shortest way; 0: the concept itself, 1: a parent.';

comment on column mentions.grounding_method is
    'How the concept was found (exact, abbreviation, word_order, salt, species, derived, head: that of the name without its modifiers, linker_NAME), or why none was (not_in_vocabulary, other_type, ambiguous, inn_stem and disease_ending: typed by the form of the word, given_as_drug; no_candidate, below_threshold: by a linker).';
