"""What the front door refuses, and says of it, before any model is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import peyer

BINDS = "Infliximab binds TNF."


@pytest.mark.parametrize("nothing", [[], {}, iter(())])
def test_nothing_gives_nothing(nothing: object) -> None:
    found = peyer.extract(nothing)  # type: ignore[arg-type]
    assert (len(found), found.failures, found.relations) == (0, (), [])
    assert repr(found) == "<Extractions of 0 articles: 0 mentions, 0 relations, 0 failures>"


class Frame:
    """What a frame of pandas or polars looks like: it has columns, and its iterator gives their names."""

    columns = ("title", "abstract")

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (None, "cannot extract from a NoneType"),
        (3, "cannot extract from a int"),
        (b"Zinc.", "cannot extract from a bytes; .*decode bytes"),
        (Path("raw/a.txt"), r"cannot extract from a \w+; .* peyer.read"),
        ([BINDS, float("nan")], "item 1 is a float; .*leave out missing values"),
        ([b"Zinc."], "item 0 is a bytes"),
        ([Path("a.txt")], r"item 0 is a \w*Path; .* peyer.read"),
        ([[BINDS]], "item 0 is a list"),
        ({"a": None}, "from str 'a' to NoneType"),
        ({1: BINDS}, "from int 1 to str"),
        (Frame(), "a Frame is no iterable of texts; give one of its columns"),
    ],
)
def test_what_is_neither_string_nor_article_is_refused(given: object, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        peyer.extract(given)  # type: ignore[arg-type]


def test_options_take_strings_and_lists() -> None:
    options = peyer.Options(vocabulary="own.tsv", models=["en_a", "en_b"])  # type: ignore[arg-type]
    assert options == peyer.Options(vocabulary=Path("own.tsv"), models=("en_a", "en_b"))
    assert hash(options)
    with pytest.raises(TypeError, match="models is the string 'en_a'"):
        peyer.Options(models="en_a")  # type: ignore[arg-type]


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    for name, message in (("none.txt", "not there"), ("a.pdf", "expected one of .txt, .md, .markdown")):
        with pytest.raises(peyer.ReadError, match=message):
            peyer.read(str(tmp_path / name))


def test_a_warehouse_is_opened_for_reading_alone(notebook_folder: Path) -> None:
    with peyer.connect("peyer.duckdb") as con:
        assert con.sql("select count(*) from evidence").fetchall() == [(2,)]
        with pytest.raises(Exception, match="read-only"):
            con.execute("delete from relations")
    with pytest.raises(peyer.WarehouseError, match=r"there is no warehouse at nowhere\.duckdb"):
        peyer.connect(Path("nowhere.duckdb"))
