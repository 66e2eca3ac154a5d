-- Where a statement was studied.

alter table relations add column species varchar;
comment on column relations.species is
    'Species it was studied in, where the text says it: human, mouse, rat, rabbit, guinea pig, hamster, dog, cat, pig, sheep, cow, monkey (any primate but human), chicken, zebrafish, fruit fly or roundworm, each a name of the NCBI Taxonomy. Null: not said, more than one named, or read by an earlier version.';

alter table relations add column study_setting varchar;
comment on column relations.study_setting is
    'in_vitro (cells or cell-free), animal or clinical, where the text says it. Null: not said, more than one named, or read by an earlier version.';
