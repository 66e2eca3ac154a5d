-- What the score of a statement means, now that it is learnt.

comment on column relations.score is
    'Probability that the sentence says so, learnt from statements that were judged one by one (extractors/models/pairs/README.md).';
