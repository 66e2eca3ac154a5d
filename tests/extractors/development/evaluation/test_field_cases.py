from __future__ import annotations

from pathlib import Path

import pytest
from hand_made_readings import Name, found, reading, stating

from extractors.development.corpora.annotated import CorpusError
from extractors.development.evaluation.field_cases import FieldCase, passes, read_cases, score_field_cases

TEXT = "Zinc heals gout and acne."
ZINC, GOUT, ACNE = Name("Zinc", "drug", "nutrient"), Name("gout", "disease"), Name("acne", "disease")
NAMES = (ZINC, GOUT, ACNE)
HEALS = ("zinc", "treats", "gout", "0", "0")


def case(
    *statements: tuple[str, ...], mentions: tuple[tuple[str, ...], ...] = (), silent: bool = False, kind: str = "FA1"
) -> FieldCase:
    return FieldCase(f"{kind}-1", TEXT, statements, mentions, silent)


def test_every_expected_statement_with_its_flags_and_no_other() -> None:
    text = stating(found(TEXT, *NAMES), 0, "treats", 1)
    assert passes(case(HEALS), text)
    assert not passes(case(("zinc", "treats", "gout", "1", "0")), text)
    assert not passes(case(HEALS, ("zinc", "treats", "acne", "0", "0")), text)
    assert not passes(case(HEALS), stating(text, 0, "treats", 2))


def test_silence_is_broken_by_any_statement() -> None:
    assert passes(case(silent=True), found(TEXT, *NAMES))
    assert not passes(case(silent=True), stating(found(TEXT, *NAMES), 0, "treats", 1))


def test_expected_mentions_have_their_type_and_identifier() -> None:
    known = found(TEXT, Name("gout", "disease", None, ("DOID:13189",)))
    assert passes(case(mentions=(("gout", "disease", "DOID:13189"),)), known)
    assert passes(case(mentions=(("gout", "", ""),)), known)
    assert not passes(case(mentions=(("gout", "disease", "-"),)), known)
    assert not passes(case(mentions=(("gout", "effect", ""),)), known)
    assert passes(case(mentions=(("gout", "disease", "-"),)), found(TEXT, GOUT))


def test_other_mentions_are_wrong_in_kinds_of_false_names_alone() -> None:
    text = found(TEXT, ZINC, GOUT)
    wanted = (("gout", "disease", ""),)
    assert passes(case(mentions=wanted), text)
    assert not passes(case(mentions=wanted, kind="FG1"), text)
    assert passes(case(mentions=wanted, kind="FG1"), found(TEXT, GOUT))


def write(folder: Path, *rows: str) -> Path:
    path = folder / "gold" / "field_cases.tsv"
    path.parent.mkdir()
    path.write_text("case_id\ttext\texpected\tnote\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    (folder / "corpora").mkdir()
    return path


def test_kinds_of_names_count_together(tmp_path: Path) -> None:
    write(
        tmp_path,
        "FG1-1\tZinc heals gout and acne.\tgout|disease|\t",
        "FA1-1\tZinc heals gout and acne.\tNONE\t",
        "FA1-2\tZinc heals gout and acne.\tZinc|treats|gout|0|0 ; Zinc|treats|acne|0|0\t",
    )
    measure = score_field_cases(tmp_path / "corpora", reading({"FG1-1": (GOUT,)}), False)
    assert {kind: (row["cases"], row["right"]) for kind, row in measure.rows.items()} == {
        "all": (3, 2),
        "kinds of names": (1, 1),
        "FA1": (2, 1),
        "FG1": (1, 1),
    }
    [lost] = measure.lost
    assert "wanted Zinc|treats|gout|0|0; Zinc|treats|acne|0|0 | got nothing" in lost.example


def test_an_expectation_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path, "FG1-1\tZinc.\tZinc|drug\t")
    with pytest.raises(CorpusError, match=r"FG1-1 expects 'Zinc\|drug'"):
        read_cases(path)
