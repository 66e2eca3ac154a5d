from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractors.development.corpora.annotated import CorpusError
from extractors.development.corpora.related import ConceptPair, MentionPair, RelatedText
from extractors.development.corpora.relations import read_drugprot_relations, read_phee_pairs, read_pubtator_relations

RELATIONS = "5\tINHIBITOR\tArg1:T1\tArg2:T2\n5\tPART-OF\tArg1:T1\tArg2:T2\n6\tAGONIST\tArg1:T1\tArg2:T9\n"


def said(related: RelatedText) -> list[tuple[str, str, str]]:
    """Return label and both texts of each pair of mentions."""
    return [(p.label, related.text.covered(p.first), related.text.covered(p.second)) for p in related.mention_pairs]


def drugprot(folder: Path, relations: str) -> Path:
    files = {
        "abstracs": "5\tZinc.\tIt blocks ACE.\n7\tIron.\tNothing.\n",
        "entities": "5\tT2\tGENE-Y\t16\t19\tACE\n5\tT1\tCHEMICAL\t0\t4\tZinc\n6\tT1\tCHEMICAL\t0\t4\tIron\n",
        "relations": relations,
    }
    for kind, text in files.items():
        (folder / f"drugprot_training_{kind}.tsv").write_text(text, encoding="utf-8")
    return folder


def test_mentions_of_drugprot_are_a_pair_for_each_of_their_relations(tmp_path: Path) -> None:
    first, second = read_drugprot_relations(drugprot(tmp_path, RELATIONS))
    assert said(first) == [("INHIBITOR", "Zinc", "ACE"), ("PART-OF", "Zinc", "ACE")]
    assert [(pair.first.label, pair.second.label) for pair in first.mention_pairs] == [("CHEMICAL", "GENE-Y")] * 2
    assert (second.text.document_id, second.mention_pairs) == ("PMID:7", ())


@pytest.mark.parametrize(
    ("relations", "message"),
    [
        ("\n5\tPART-OF\tT1\tT2\n", r"relations.tsv:2: .*; expected id, label, Arg1:T1 and Arg2:T2"),
        ("5\tPART-OF\tArg1:T1\tArg2:T3\n", r"relations.tsv:1: T3 is no mention of 5; expected one that the table"),
    ],
    ids=["no arguments", "no such mention"],
)
def test_a_wrong_line_of_drugprot_is_an_error(tmp_path: Path, relations: str, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        list(read_drugprot_relations(drugprot(tmp_path, relations)))


def test_no_table_of_relations_is_an_error(tmp_path: Path) -> None:
    (drugprot(tmp_path, "") / "drugprot_training_relations.tsv").unlink()
    with pytest.raises(CorpusError, match=r"no table of relations... in .*; expected DrugProt's abstracts"):
        list(read_drugprot_relations(tmp_path))


TEXT = "Rash and bad itching of the skin after zinc and iron; no cough."


def argument(*entities: tuple[str, ...], **below: Any) -> dict[str, Any]:
    """Return an argument of an event: entities, each of one piece or more, and arguments below it."""
    found = [list(pieces) for pieces in entities]
    return {"text": found, "start": [[TEXT.index(piece) for piece in pieces] for pieces in found], **below}


def phee(folder: Path, *events: Any) -> Path:
    path = folder / "dev.json"
    record = {"id": "77_3", "context": TEXT, "annotations": [{"events": list(events)}]}
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    return path


def adverse(effect: dict[str, Any], **marks: Any) -> dict[str, Any]:
    treatment = argument(("zinc and iron",), Drug=argument(("zinc",), ("iron",)))
    return {"event_type": "Adverse_event", "Treatment": treatment, "Effect": effect, **marks}


def test_every_drug_of_an_event_of_phee_is_paired_with_every_effect_of_it(tmp_path: Path) -> None:
    [related] = read_phee_pairs(
        phee(tmp_path, adverse(argument(("Rash",), ("itching",))), adverse(argument(("Rash",))))
    )
    assert related.text.document_id == "PMID:77"
    assert said(related) == [
        ("Adverse_event", "zinc", "Rash"),
        ("Adverse_event", "zinc", "itching"),
        ("Adverse_event", "iron", "Rash"),
        ("Adverse_event", "iron", "itching"),
    ]
    assert {(pair.is_negated, pair.is_hedged) for pair in related.mention_pairs} == {(False, False)}


def test_marks_of_an_event_of_phee_are_those_of_its_pairs(tmp_path: Path) -> None:
    negated = adverse(argument(("cough",)), Negated={**argument(("no",)), "value": True})
    hedged = adverse(argument(("Rash",)), Speculated={**argument(("after",)), "value": True})
    [related] = read_phee_pairs(phee(tmp_path, negated, hedged))
    assert [(related.text.covered(p.second), p.is_negated, p.is_hedged) for p in related.mention_pairs] == [
        ("cough", True, False),
        ("cough", True, False),
        ("Rash", False, True),
        ("Rash", False, True),
    ]


def test_an_effect_of_phee_in_pieces_is_paired_where_it_is_a_span(tmp_path: Path) -> None:
    [related] = read_phee_pairs(phee(tmp_path, adverse(argument(("bad", "skin")))))
    assert said(related)[0] == ("Adverse_event", "zinc", "bad itching of the skin")
    overlapped = adverse(argument(("itching",), ("bad", "skin")))
    [related] = read_phee_pairs(phee(tmp_path, overlapped))
    assert [second for _, _, second in said(related)] == ["itching", "itching"]


def test_an_event_of_phee_without_drug_or_effect_is_no_pair(tmp_path: Path) -> None:
    no_drug = {"event_type": "Adverse_event", "Treatment": argument(("zinc",)), "Effect": argument(("Rash",))}
    no_effect = {key: value for key, value in adverse(argument()).items() if key != "Effect"}
    [related] = read_phee_pairs(phee(tmp_path, no_drug, no_effect, {"event_type": "Adverse_event"}))
    assert related.mention_pairs == ()


@pytest.mark.parametrize(
    "event", [{"Effect": argument(("Rash",))}, {"event_type": "Adverse_event", "Treatment": []}, 1]
)
def test_a_wrong_event_of_phee_is_an_error_with_its_line(tmp_path: Path, event: Any) -> None:
    with pytest.raises(CorpusError, match=r"dev.json:1: .*; expected an object with .* events each with an event_type"):
        list(read_phee_pairs(phee(tmp_path, event)))


MENTIONS = """1|t|Zinc and rash.
1|a|
1\t0\t4\tZinc\tChemical\tMESH:D015032
1\t9\t13\trash\tDisease\tD005076
"""


def pubtator(folder: Path, text: str) -> Path:
    path = folder / "corpus.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_concepts_of_a_document_are_paired(tmp_path: Path) -> None:
    relations = "1\tCID\tMESH:D015032\tD005076\n" * 2
    related, other = read_pubtator_relations(pubtator(tmp_path, f"{MENTIONS}{relations}\n2|t|Iron.\n2|a|\n"))
    assert related.concept_pairs == (ConceptPair("CID", frozenset({"D015032"}), frozenset({"D005076"})),)
    assert [span.identifiers for span in related.text.spans] == [{"D015032"}, {"D005076"}]
    assert (other.text.text, other.concept_pairs, other.mention_pairs) == ("Iron.", (), ())


def test_biored_says_what_is_novel_and_has_identifiers_in_parts(tmp_path: Path) -> None:
    relations = "1\tAssociation\tD005076\tc|DEL|46|S\tNovel\n1\tBind\tD015032\t21\tNo\n"
    [related] = read_pubtator_relations(pubtator(tmp_path, MENTIONS + relations))
    assert related.concept_pairs == (
        ConceptPair("Association", frozenset({"D005076"}), frozenset({"c", "DEL", "46", "S"}), True),
        ConceptPair("Bind", frozenset({"D015032"}), frozenset({"21"}), False),
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("1\tCID\tD015032", "expected a relation of PMID:1: id, label, two identifiers and"),
        ("2\tCID\tD015032\tD005076", "expected a relation of PMID:1"),
        ("1\tBind\tD015032\tD005076\tOld", "if the corpus says so, Novel or No"),
        ("1\tCID\t-1\tD005076", "expected an identifier on either side"),
    ],
    ids=["three fields", "another document", "no novelty", "no identifier"],
)
def test_a_wrong_relation_of_concepts_is_an_error_with_its_line(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(CorpusError, match=rf"corpus.txt:5: \[.*; .*{message}"):
        list(read_pubtator_relations(pubtator(tmp_path, f"{MENTIONS}{line}\n")))


def test_a_pair_is_neither_negated_nor_hedged_unless_the_corpus_says_so(tmp_path: Path) -> None:
    related, _ = read_drugprot_relations(drugprot(tmp_path, RELATIONS))
    zinc, ace = related.text.spans
    assert related.mention_pairs[0] == MentionPair("INHIBITOR", zinc, ace, is_negated=False, is_hedged=False)
