-- What columns hold, said more fully.

comment on column articles.article_type is
    'Kind of article, such as Review or Case report: as the source states it or, where it does not, as its title ("...: a review"), its headings ("Case presentation") or its abstract ("in this review") give away. Null: neither.';

comment on column runs.model_version is
    'The language model that recognises names: the bundled one with its version, or the models chosen with --model and then whose tags and trees were read.';

comment on column relations.study_setting is
    'in_vitro (cells, tissue outside the body, or cell-free), animal or clinical, where the text says it. Null: not said, more than one named, or read by an earlier version.';

comment on column mentions.grounding_method is
    'How the concept was found (exact, abbreviation, word_order, salt, species, derived, head: that of the name without its modifiers, linker_NAME), or why none was (not_in_vocabulary, other_type, ambiguous, undefined_abbreviation: three letters that only the language model takes for a name, inn_stem and disease_ending: typed by the form of the word, given_as_drug; no_candidate, below_threshold: by a linker).';
