-- A study is in vitro, in animals that are not human, or in the clinic and then of humans; see the comments of relations.
from relations
select relation_id, species, study_setting
where
    study_setting not in ('in_vitro', 'animal', 'clinical')
    or (study_setting = 'clinical' and species <> 'human')
    or (study_setting = 'animal' and species = 'human')
