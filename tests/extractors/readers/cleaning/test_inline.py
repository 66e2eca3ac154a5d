from __future__ import annotations

import pytest

from extractors.readers.cleaning.citations import strip_citations
from extractors.readers.cleaning.inline import plain
from extractors.readers.cleaning.latex import latex_to_characters
from extractors.readers.cleaning.superscripts import flatten_superscripts


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"TNF- $\alpha$ , and", "TNF-α, and"),
        (r"IL-1 $\beta$ is", "IL-1β is"),
        (r"IL-4R $\alpha$ chain", "IL-4Rα chain"),
        (r"NF- $\kappa$ B and TGF- $\beta$ 1.", "NF-κB and TGF-β1."),
        (r"the $\alpha$ subunit", "the α subunit"),
        (r"CD4 $^{+}$ T cells", "CD4+ T cells"),
        (r"$\mathrm { C D 4 } ^ { + }$ cells", "CD4+ cells"),
        (r"$\alpha_4\beta_7$ integrin", "α4β7 integrin"),
        (r"$10^{6}$ cells", "10^6 cells"),
        (r"$\geq$ 5 and p $<$ 0.05", "≥ 5 and p < 0.05"),
        (r"$25\pm 3\%$", "25± 3%"),
        (r"\textit{E. coli} and \textbf{IL-6}", "E. coli and IL-6"),
        (r"\(\beta\)-cells", "β-cells"),
        (r"TGF-\beta signalling", "TGF-β signalling"),
        ("a fee of $5 million and one of $10 million", "a fee of $5 million and one of $10 million"),
    ],
)
def test_latex_becomes_characters(source: str, shown: str) -> None:
    assert plain(latex_to_characters(source)) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("TNF-&alpha; &lt; 5 &amp;gt; 3, AT&T; R&D", "TNF-α < 5 > 3, AT&T; R&D"),
        ('<i class="x">H. pylori</i> when p<0.05, a<b and c>d', "H. pylori when p<0.05, a<b and c>d"),
        ("Ca<sup>2+</sup> and CO<sub>2</sub>", "Ca2+ and CO2"),
    ],
)
def test_html_becomes_characters(source: str, shown: str) -> None:
    assert plain(source) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("agents<sup>1,2</sup> and", "agents and"),
        ("agents^1,2^ and", "agents and"),
        ("agents,¹⁻³ and", "agents, and"),
        ("<sup>18</sup>F-FDG", "18F-FDG"),
        ("10⁶ cells, 10<sup>-3</sup> M", "10^6 cells, 10^-3 M"),
        ("kg/m<sup>2</sup>", "kg/m2"),
        ("IL-17<sup>3</sup>", "IL-17"),
        ("Foxp3<sup>hi</sup> CD8<sup>+</sup>", "Foxp3hi CD8+"),
    ],
)
def test_superscripts_stay_unless_they_cite(source: str, shown: str) -> None:
    assert flatten_superscripts(source) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("paradigms[1]. Next", "paradigms. Next"),
        ("paradigms [2,3], and [4-6]", "paradigms, and"),
        ("drugs [1], [2]–[4] and", "drugs and"),
        (r"drugs\[1\] and", "drugs and"),
        ("CD20 (1). It (2,3) is", "CD20. It is"),
        ("[18F]FDG and IL-2[R]", "[18F]FDG and IL-2[R]"),
        ("a [1,2,4]triazole and bicyclo[2.2.1]heptane", "a [1,2,4]triazole and bicyclo[2.2.1]heptane"),
        ("median 3 [2-5] and IQR [1-4]", "median 3 [2-5] and IQR [1-4]"),
        ("in 20 (5). Steps (1) and (2) follow", "in 20 (5). Steps (1) and (2) follow"),
        ("in [2020] and [Smith 2020]", "in [2020] and [Smith 2020]"),
        ("[1] Crypt C. Made up.", "[1] Crypt C. Made up."),
    ],
)
def test_citation_markers_go_and_names_stay(source: str, shown: str) -> None:
    assert strip_citations(source) == shown
