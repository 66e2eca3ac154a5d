from __future__ import annotations

from pathlib import Path

import pytest
from archives import pack

from extractors.development.corpora.annotated import AnnotatedSpan, CorpusError
from extractors.development.corpora.knowtator import read_knowtator

TEXT = "β-carotene and zinc.\nAbsence of the spleen.\n"
FIRST_FORM = """<?xml version="1.0" encoding="UTF-8"?>
<annotations textSource="11.txt">
  <annotation><mention id="i_1" /><span start="15" end="19" /><spannedText>zinc</spannedText></annotation>
  <annotation><mention id="i_2" /><span start="0" end="10" /><spannedText>β-carotene</spannedText></annotation>
  <classMention id="i_2"><mentionClass id="CHEBI:17579">beta-carotene</mentionClass></classMention>
  <classMention id="i_1"><mentionClass id="CHEBI:27363">zinc</mentionClass></classMention>
</annotations>
"""
SECOND_FORM = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<knowtator-project><document id="11" text-file="11.txt">
  <annotation id="11-1"><class id="http://purl.obolibrary.org/obo/MONDO_0000001" label="'absent spleen'"/>
    <span end="31" id="11-2" start="21">Absence of</span><span end="42" id="11-3" start="36">spleen</span></annotation>
</document></knowtator-project>
"""


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return pack(tmp_path / "articles.tar.gz", {"txt/11.txt": TEXT, "txt/11.copyright": "-", "txt/12.txt": "Other"})


def test_the_first_form_names_classes_elsewhere(tmp_path: Path, articles: Path) -> None:
    xml = pack(tmp_path / "x.tar.gz", {"k/11.txt.knowtator.xml": FIRST_FORM, "k/12.txt.knowtator.xml": "not read"})
    [document] = read_knowtator(articles, xml, "CHEBI", ["11"])
    assert (document.document_id, document.text) == ("PMID:11", TEXT)
    assert document.spans == (
        AnnotatedSpan(0, 10, "CHEBI", frozenset({"CHEBI:17579"})),
        AnnotatedSpan(15, 19, "CHEBI", frozenset({"CHEBI:27363"})),
    )


def test_the_second_form_names_classes_by_their_address(tmp_path: Path, articles: Path) -> None:
    [document] = read_knowtator(articles, pack(tmp_path / "x.tar.gz", {"k/11.xml": SECOND_FORM}), "MONDO", ["11"])
    [span] = document.spans
    assert (document.covered(span), span.identifiers) == ("Absence of the spleen", frozenset({"MONDO:0000001"}))


@pytest.mark.parametrize(
    ("xml", "wanted", "message"),
    [
        ({"k/12.xml": "<document/>"}, ["11", "12"], r"x.tar.gz has no annotations of 11"),
        ({"k/13.xml": "<document/>"}, ["13"], r"articles.tar.gz has no 13.txt"),
        ({"k/12.xml": SECOND_FORM}, ["12"], r"x.tar.gz:12.xml annotates text beyond the end of 12.txt"),
        ({"k/12.xml": "<document>"}, ["12"], r"x.tar.gz:12.xml is no XML"),
        (
            {"k/12.xml": "<a><annotation><span start='0' end='1'/></annotation></a>"},
            ["12"],
            "without a span or a class",
        ),
        ({"k/12.xml": "<a><annotation><span start='0'/></annotation></a>"}, ["12"], "without start and end"),
    ],
    ids=["no annotations", "no article", "another text", "no XML", "no class", "no offset"],
)
def test_what_does_not_fit_is_an_error(
    tmp_path: Path, articles: Path, xml: dict[str, str], wanted: list[str], message: str
) -> None:
    with pytest.raises(CorpusError, match=message):
        list(read_knowtator(articles, pack(tmp_path / "x.tar.gz", xml), "X", wanted))
