from __future__ import annotations

import pytest
from hand_made_docs import in_sentences, mention, sentence
from spacy.tokens import Span

from extractors.annotations import FoundMention
from extractors.language.coordination import Group, aliases_of, groups_of

FINITE = frozenset("inhibits inhibited reduced caused recur did led".split())


def texts(span: Span, groups: list[Group]) -> list[list[str]]:
    return [[span.doc[member.start : member.end].text for member in group.members] for group in groups]


def listed(text: str, *names: str, entity_type: str = "target") -> list[list[str]]:
    """The lists of a sentence in which these names of one type stand."""
    span = sentence(text)
    mentions = [mention(span, name, entity_type) for name in names]
    return texts(span, groups_of(span, mentions, FINITE))


@pytest.mark.parametrize(
    ("gap", "is_list"),
    [
        (" and ", True),
        (", or ", True),
        (" / ", True),
        (" and, to a lesser extent, ", True),
        (" and, less commonly, ", True),
        (" as well as ", True),
        (" together with ", True),
        (" but also ", False),
        (" such as ", True),
        (", notably those involving ", True),
        (" and various other ", True),
        (" and proinflammatory ", True),
        (" and increased ", False),
        (", then ", False),
        (" was given before ", False),
        (" in ", False),
        (" (a cytokine) and ", True),
    ],
)
def test_what_stands_between_two_names_decides_whether_they_are_a_list(gap: str, is_list: bool) -> None:
    found = listed(f"It inhibited TNF{gap}leptin.", "TNF", "leptin")
    assert found == ([["TNF", "leptin"]] if is_list else [["TNF"], ["leptin"]])


def test_a_comma_alone_joins_only_within_a_complete_list() -> None:
    assert listed("It inhibited TNF, leptin and renin.", "TNF", "leptin", "renin") == [["TNF", "leptin", "renin"]]
    assert listed("Unlike TNF, leptin inhibited it.", "TNF", "leptin") == [["TNF"], ["leptin"]]
    assert listed("Of cytokines (TNF, leptin) none fell.", "TNF", "leptin") == [["TNF", "leptin"]]


def test_an_apposition_is_no_member() -> None:
    assert listed("It inhibited renin, an enzyme.", "renin", "enzyme") == [["renin"], ["enzyme"]]


def test_changes_in_parallel_are_a_list() -> None:
    parallel = listed("It came with reduced TNF and increased leptin.", "TNF", "leptin")
    assert parallel == [["TNF", "leptin"]]


def test_a_change_in_the_sentence_before_makes_nothing_parallel() -> None:
    _, span = in_sentences("He came with reduced", "TNF and increased leptin .")
    names = [mention(span, name, "target") for name in ("TNF", "leptin")]
    assert texts(span, groups_of(span, names, FINITE)) == [["TNF"], ["leptin"]]


def test_what_is_denied_stays_a_member_with_its_position() -> None:
    span = sentence("It inhibits TNF but not leptin or renin.")
    names = [mention(span, name, "target") for name in ("TNF", "leptin", "renin")]
    (group,) = groups_of(span, names, FINITE)
    assert texts(span, [group]) == [["TNF", "leptin", "renin"]]
    assert group.negated == {1, 2}


def test_what_something_is_compared_with_is_no_member() -> None:
    found = listed("Compared with placebo than zinc, iron and copper caused it.", "zinc", "iron", "copper")
    assert found == [["zinc"], ["iron", "copper"]]


@pytest.mark.parametrize("before", ["It did better than", "It did so ("])
def test_the_sentence_before_does_not_touch_a_list(before: str) -> None:
    _, span = in_sentences(before, "zinc , iron and copper caused it .")
    names = [mention(span, name) for name in ("zinc", "iron", "copper")]
    assert texts(span, groups_of(span, names, FINITE)) == [["zinc", "iron", "copper"]]
    _, span = in_sentences(before, "zinc , iron caused it .")
    names = [mention(span, name) for name in ("zinc", "iron")]
    assert texts(span, groups_of(span, names, FINITE)) == [["zinc"], ["iron"]]


def test_a_drug_stands_in_no_list_with_what_it_acts_on() -> None:
    span = sentence("He took zinc and TNF fell.")
    names = [mention(span, "zinc"), mention(span, "TNF", "target", "protein")]
    assert texts(span, groups_of(span, names, FINITE)) == [["zinc"], ["TNF"]]
    span = sentence("It caused fever and renin.")
    names = [mention(span, "fever", "effect", "adverse_effect"), mention(span, "renin", "target", "protein")]
    assert texts(span, groups_of(span, names, FINITE)) == [["fever", "renin"]]


def test_members_of_a_class_stand_right_behind_it() -> None:
    span = sentence("The statins lovastatin and simvastatin caused it.")
    kind, *members = (
        mention(span, "statins", subtype="drug_class"),
        mention(span, "lovastatin"),
        mention(span, "simvastatin"),
    )
    assert texts(span, groups_of(span, [kind, *members], FINITE)) == [["statins", "lovastatin", "simvastatin"]]


def test_a_subject_with_its_verb_begins_a_clause() -> None:
    found = listed("It led to fever, and pain did not recur.", "fever", "pain", entity_type="effect")
    assert found == [["fever"], ["pain"]]


def test_short_form_behind_its_long_form_is_an_alias() -> None:
    span = sentence("Methotrexate (MTX) and zinc (Zn) reduced it.")
    long, short = mention(span, "Methotrexate", concept_no=7), mention(span, "MTX", method="abbreviation")
    zinc, other = mention(span, "zinc", concept_no=8), mention(span, "Zn", concept_no=9)
    assert aliases_of(span.doc, [long, short, zinc, other]) == {short}
    same: FoundMention = other._replace(concept_no=8)
    assert aliases_of(span.doc, [long, short, zinc, same]) == {short, same}


def test_group_reaches_from_its_first_member_to_its_last() -> None:
    span = sentence("It inhibits TNF and fever.")
    members = (mention(span, "TNF", "target"), mention(span, "fever", "effect"))
    group = Group(members)
    assert (group.start, group.end) == (members[0].start, members[1].end)
    assert group.types == {"target", "effect"}
