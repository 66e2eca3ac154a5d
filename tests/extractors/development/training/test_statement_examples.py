from __future__ import annotations

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extractors.annotations import FoundMention
from extractors.development.readings.texts import Abstract, Argument, Statement
from extractors.development.training.statement_examples import IGNORED, Example, Seen, examples, labelled
from extractors.development.training.statement_reader import calibrated, learn_linear, scale
from extractors.relations.statement_reader.inputs import PREDICATES
from extractors.relations.statement_reader.pairs import pairs_of
from extractors.relations.statement_reader.reader import bundled_reader

SENTENCE = "Drug lowers IL-6 release and IL-6."
WORDS = ["Drug", "lowers", "IL-6", "release", "and", "IL-6", "."]


def mention(start: int, end: int, entity_type: str) -> FoundMention:
    return FoundMention(start, end, entity_type, "", -1, "", 1.0, "")


@pytest.fixture
def doc() -> Doc:
    doc = Doc(Language().vocab, WORDS, spaces=[True] * 5 + [False] * 2, sent_starts=[True, *[False] * 6])
    doc._.mentions = [mention(0, 1, "drug"), mention(2, 4, "effect"), mention(5, 6, "target")]
    return doc


def statement(predicate: str, target: str, entity_type: str, *, is_sure: bool = True) -> Statement:
    at = SENTENCE.rindex(target)
    return Statement(
        sentence_no=0,
        subject=Argument(texts=("Drug",), entity_type="drug", start=0, end=4),
        predicate=predicate,
        object=Argument(texts=(target,), entity_type=entity_type, start=at, end=at + len(target)),
        is_hedged=True,
        is_sure=is_sure,
    )


def labels(doc: Doc, *statements: Statement) -> list[str]:
    """The label of each pair whose subject is the drug, in order of the objects; flags are those of the labelled."""
    seen = [
        Seen(
            each,
            doc[each.start : each.end].start_char,
            doc[each.start : each.end].end_char,
            (doc[each.start : each.end].text,),
        )
        for each in doc._.names
    ]
    pairs = list(pairs_of(doc))
    found, flags = labelled(Abstract(document_id="a", sentences=(SENTENCE,), statements=statements), pairs, seen)
    for label, pair_flags in zip(found, flags, strict=True):
        assert pair_flags.tolist() == [False, bool(label > 0)]
    of_drug = [number for number, pair in enumerate(pairs) if pair.subject.number == 0]
    assert [pairs[number].object.number for number in of_drug] == [1, 2]
    return ["ignored" if found[number] == IGNORED else PREDICATES[found[number]] for number in of_drug]


def test_the_pair_that_names_a_statement_best_is_labelled_and_others_that_name_it_are_ignored(doc: Doc) -> None:
    assert labels(doc, statement("decreases", "IL-6 release", "effect")) == ["decreases", "ignored"]
    assert labels(doc, statement("inhibits", "IL-6", "target")) == ["ignored", "inhibits"]


def test_what_is_not_sure_is_neither_learnt_nor_a_counterexample(doc: Doc) -> None:
    assert labels(doc, statement("inhibits", "IL-6", "target", is_sure=False)) == ["ignored", "ignored"]
    both = statement("inhibits", "IL-6", "target"), statement("binds", "IL-6", "target", is_sure=False)
    assert labels(doc, *both) == ["ignored", "inhibits"]


def test_what_nothing_is_said_of_is_unrelated(doc: Doc) -> None:
    assert labels(doc) == ["", ""]


@pytest.fixture(scope="module")
def learnt(nlp: Language) -> list[Example]:
    """Texts that say of drugs what they inhibit and activate."""
    verbs = {"inhibits": "inhibits", "activates": "activates", "met": ""}
    drugs, targets = ("Tofacitinib", "Ruxolitinib", "Baricitinib"), ("JAK1", "JAK2", "TYK2", "STAT3")
    abstracts = [
        Abstract(
            document_id=f"{drug} {verb} {target}",
            sentences=(f"{drug} {verb} {target}.",),
            statements=tuple(
                Statement(
                    sentence_no=0,
                    subject=Argument(texts=(drug,), entity_type="drug", start=0, end=len(drug)),
                    predicate=predicate,
                    object=Argument(texts=(target,), entity_type="target"),
                    is_negated=target == "JAK2",
                    is_hedged=target == "TYK2",
                )
                for predicate in filter(None, [predicate])
            ),
        )
        for verb, predicate in verbs.items()
        for drug in drugs
        for target in targets
    ]
    numbers = [
        {name: number for number, name in enumerate(nlp.get_pipe(pipe).labels, start=1)}  # type: ignore[attr-defined]
        for pipe in ("tagger", "parser")
    ]
    return list(examples(nlp, abstracts, *numbers))


@pytest.mark.model
def test_pairs_of_types_that_were_not_asked_for_are_ignored(nlp: Language) -> None:
    [asked] = examples(nlp, [Abstract(document_id="a", sentences=("JAK1 met JAK2.",), statements=())], {}, {})
    [other] = examples(
        nlp,
        [Abstract(document_id="a", sentences=("JAK1 met JAK2.",), statements=())],
        {},
        {},
        {("target", "target")},
    )
    assert {int(label) for label in np.concatenate(asked.labels)} == {0}
    assert {int(label) for label in np.concatenate(other.labels)} == {IGNORED}


@pytest.mark.model
def test_the_linear_reader_learns_which_words_decide(learnt: list[Example]) -> None:
    linear = learn_linear(learnt)
    for each in learnt:
        scores = linear.scores(each.buckets)[:, 1 : len(PREDICATES)]
        stated = each.abstract.document_id.split(" ")[1]
        assert (scores.max() < 0) if stated == "met" else (PREDICATES[1:][int(scores[0].argmax())] == stated)


@pytest.mark.model
def test_scores_are_scaled_to_rising_shares(learnt: list[Example]) -> None:
    reader = bundled_reader()
    weights, of_flags = calibrated(learnt, reader._linear, reader._network)
    assert (weights.shape, of_flags.shape) == ((4,), (2, 4))
    knots, shares = scale(learnt, reader._linear, reader._network, weights)
    assert (np.diff(knots) > 0).all()
    assert (np.diff(shares) >= 0).all()
    assert (shares[0], shares[-1]) == (0.0, 1.0)
