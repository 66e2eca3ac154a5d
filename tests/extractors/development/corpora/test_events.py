from __future__ import annotations

from pathlib import Path

import pytest
from archives import pack

from extractors.development.corpora.annotated import CorpusError
from extractors.development.corpora.events import read_brat_events
from extractors.development.corpora.related import RelatedText

TEXT = "Zinc slows growth of T cells and binds ACE.\n"
ENTITIES = "T1\tSimple_chemical 0 4\tZinc\nT2\tCell 21 28\tT cells\nT3\tGene_or_gene_product 39 42\tACE\n"
TRIGGERS = "T4\tNegative_regulation 5 10\tslows\nT5\tGrowth 11 17\tgrowth\nT6\tBinding 33 38\tbinds\n"
GROWTH = "E2\tGrowth:T5 Theme:T2\n"


def read(folder: Path, events: str) -> list[RelatedText]:
    files = {"t/PMID-7.txt": TEXT, "t/PMID-7.a1": ENTITIES, "t/PMID-7.a2": TRIGGERS + events, "t/PMID-8.txt": TEXT}
    return list(read_brat_events(pack(folder / "train.tar.gz", files)))


def said(related: RelatedText) -> list[tuple[str, str, str]]:
    return [(p.label, related.text.covered(p.first), related.text.covered(p.second)) for p in related.mention_pairs]


def test_a_cause_is_paired_with_the_process_or_entity_that_it_regulates(tmp_path: Path) -> None:
    events = f"E1\tNegative_regulation:T4 Theme:E2 Cause:T1 \n{GROWTH}E3\tNegative_regulation:T4 Cause:T1 Theme:T3\n"
    [related] = read(tmp_path, events)  # what has no .a2 is left out
    assert related.text.document_id == "PMID:7"
    assert said(related) == [("Negative_regulation", "Zinc", "growth"), ("Negative_regulation", "Zinc", "ACE")]
    assert related.mention_pairs[0].second.label == "Growth"


def test_a_regulation_without_a_cause_or_by_a_regulation_is_no_pair(tmp_path: Path) -> None:
    events = f"E1\tNegative_regulation:T4 Theme:E2\n{GROWTH}E4\tRegulation:T4 Theme:E2 Cause:E1\n"
    assert said(read(tmp_path, events)[0]) == []


@pytest.mark.parametrize(
    ("outer", "together"),
    [
        ("Negative_regulation", "Positive_regulation"),
        ("Positive_regulation", "Negative_regulation"),
        ("Regulation", "Regulation"),
    ],
)
def test_a_regulation_of_a_regulation_is_one_of_what_that_regulates(tmp_path: Path, outer: str, together: str) -> None:
    events = f"E1\tNegative_regulation:T4 Theme:E2\n{GROWTH}E3\t{outer}:T4 Theme:E1 Cause:T3\n"
    assert said(read(tmp_path, events)[0]) == [(together, "ACE", "growth")]


def test_what_is_bound_together_is_paired(tmp_path: Path) -> None:
    [related] = read(tmp_path, "E1\tBinding:T6 Theme:T1 Theme2:T3 Site:T2\n")
    assert said(related) == [("Binding", "Zinc", "ACE")]


def test_modifications_of_the_regulation_are_those_of_the_pair(tmp_path: Path) -> None:
    events = (
        f"E1\tNegative_regulation:T4 Theme:E2 Cause:T1\n{GROWTH}E3\tRegulation:T4 Theme:E2 Cause:T3\n"
        "M1\tNegation E1\nM2\tSpeculation E3\nM3\tNegation E2\n* Equiv T1 T3\n"
    )
    [related] = read(tmp_path, events)
    assert [(pair.is_negated, pair.is_hedged) for pair in related.mention_pairs] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    ("events", "message"),
    [
        ("E1 Growth:T5\n", r"train.tar.gz:PMID-7.a2:4: 'E1 Growth:T5'; expected E1, a tab, Type:T1"),
        ("M1\tNegation\n", r"PMID-7.a2:4: .*; expected M1, a tab, Negation E1"),
        ("E1\tRegulation:T4 Theme:E9 Cause:T1\n", r"PMID-7.a2: E1 has E9, which is not there; expected a number"),
        ("E1\tRegulation:T9\n", r"PMID-7.a2: E1 has T9, which is not there"),
        ("E1\tRegulation:T4 Theme:E1 Cause:T1\n", r"PMID-7.a2: E1 regulates itself; expected an end"),
    ],
    ids=["no tab", "modifies nothing", "no such event", "no such trigger", "circle"],
)
def test_a_wrong_event_is_an_error(tmp_path: Path, events: str, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        read(tmp_path, events)
