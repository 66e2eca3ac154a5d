"""The subject of a trigger, by an ordered list of strategies of which the first that decides wins.

STRATEGIES is the list, and its order is part of the meaning: what a construction before the trigger says (a compound,
a relative clause) goes before the names of the clause, these before the clause before, and that before the topic of
the preceding sentences. Start reading at `subject_of`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from extractors.language.clauses import AUXILIARIES, PRONOUNS, RELATIVES
from extractors.language.coordination import Group
from extractors.language.inflection import verb_forms
from extractors.language.lexicon import AGENT_NOUNS, looks_like_modifier, word_list
from extractors.relations.arguments.coreference import (
    ANAPHORS,
    is_anaphoric,
    is_demonstrative_name,
    names_several,
    resolve_former_latter,
)
from extractors.relations.arguments.subject_candidates import (
    is_modifier,
    is_object_of_another,
    is_treated_or_replaced,
    subject_candidates,
)
from extractors.relations.sentence import Trigger, TriggeredSentence

_CLASS_NOUNS = word_list("relations", "class_nouns")
_CLAUSE_INTRODUCERS = word_list("relations", "clause_introducers")
_CONTRAST_OPENERS = word_list("relations", "contrast_openers")
_DRUG_NOUNS = word_list("relations", "drug_nouns")
_DRUG_PLURALS = word_list("relations", "drug_plurals")
_GENERIC = word_list("language", "generic")
_PARTICIPLE_ADVERBS = word_list("relations", "participle_adverbs")
_PREDICATIVE_LINKS = word_list("relations", "predicative_links")
_WITHHOLDING = word_list("relations", "withholding")

_EXAMPLE_CUES = (("such", "as"), ("including",), ("particularly",), ("especially",), ("notably",), ("like",))
_EXAMPLE_LINKS = ("those", "that", "involving", "using", "with")
_MAY_FOLLOW_COMMA = frozenset({",", "not", "first", "now", "also"})
_PARTICIPLE_ENDINGS = ("ed", "active", "ective", "icial", "eful")
_FINITE_SIGNS = AUXILIARIES | _PREDICATIVE_LINKS | PRONOUNS | RELATIVES
"""Words before a participle or adjective that make it a predicate."""


class Subject(NamedTuple):
    """The subject that a strategy decides on; `group` is None where it finds that there is none.

    `is_inherited`: only the sentences before name it.
    """

    group: Group | None
    is_inherited: bool = False


class SubjectSearch:
    """What the strategies look at: a trigger, its clause in tokens `start`:`end`, and the lists that qualify."""

    def __init__(self, sentence: TriggeredSentence, trigger: Trigger, types: set[str]) -> None:
        self.sentence = sentence
        self.trigger = trigger
        self.types = types
        self.start, self.end = sentence.clauses.bounds(trigger.start)
        self.candidates = subject_candidates(sentence, trigger, types)

    @cached_property
    def leading_end(self) -> int:
        """The comma that closes a phrase the clause opens with; `start` where it opens with none."""
        return self.sentence.clauses.leading_phrase_end(self.start)

    @cached_property
    def before(self) -> list[Group]:
        """The candidates between the clause's leading phrase and the trigger, outside of other parentheticals."""
        aside_of = self.sentence.clauses.aside_of
        return [
            group
            for group in self.candidates
            if max(self.start, self.leading_end) <= group.start
            and group.end <= self.trigger.start
            and aside_of(group.start) in (aside_of(self.trigger.start), None)
            and not is_object_of_another(self.sentence, group, self.trigger)
        ]


def subject_of(sentence: TriggeredSentence, trigger: Trigger, types: set[str]) -> Subject:
    """Return the subject of a trigger among the lists of `types`, as the first strategy that decides names it."""
    search = SubjectSearch(sentence, trigger, types)
    for strategy in STRATEGIES:
        if (subject := strategy.find(search)) is not None:
            found = subject.group is not None
            sentence.note(trigger, "argument", strategy.said if found else f"{strategy.said}: no subject")
            return subject
    sentence.note(trigger, "argument", "no strategy finds a subject")
    return Subject(None)


def cause_in_compound(search: SubjectSearch) -> Subject | None:
    """Decide on A in "attenuated A induced B", where the trigger is "induced"."""
    if not search.sentence.is_inducing(search.trigger):
        return None
    return Subject(next((group for group in search.candidates if group.end == search.trigger.start), None))


def head_of_reduced_relative(search: SubjectSearch) -> Subject | None:
    """Decide on the noun that a participle describes: A in "A, once used in B, ..."; without a name none.

    Behind a noun that stands for a drug ("this agent, used in B") the other strategies go on.
    """
    start = _start_of_reduced_relative(search.sentence, search.trigger)
    if start is None:
        return None
    head = next((g for g in search.candidates if _adjoins(search.sentence, g.end, search.trigger.start)), None)
    if head is None and search.sentence.word_before(start) in _DRUG_NOUNS | AGENT_NOUNS:
        return None
    return Subject(head)


def antecedent_of_relative_pronoun(search: SubjectSearch) -> Subject | None:
    """Decide on A in "A, which inhibits B" and "A (a, b) that inhibits B"."""
    pronoun = _governing_relative_pronoun(search.sentence, search.trigger.start, search.start)
    if pronoun is None:
        return None
    for group in search.candidates:
        if _names_class_of_subject(search.sentence, group) or _is_before_agent_noun(search.sentence, group):
            continue
        gap = pronoun - group.end
        if 0 <= gap <= 2 or (gap == 3 and search.sentence.word_before(pronoun) in (")", ",")):
            return Subject(group)
    return None


def topic_behind_leading_phrase(search: SubjectSearch) -> Subject | None:
    """Decide on the topic where the trigger's phrase precedes an anaphor: "By binding B, this antibody reduced C"."""
    if not _is_in_leading_phrase(search):
        return None
    topic = search.sentence.topic.of(search.types)
    if topic is None or not is_anaphoric(search.sentence, search.leading_end):
        return None
    opens_clause = any(group.start <= search.leading_end + 2 for group in _behind_leading_phrase(search))
    return None if opens_clause else Subject(topic, is_inherited=True)


def subject_behind_leading_phrase(search: SubjectSearch) -> Subject | None:
    """Decide on A where the trigger's phrase precedes it: "By binding B, A reduced C"."""
    if not _is_in_leading_phrase(search):
        return None
    return next((Subject(group) for group in _behind_leading_phrase(search)), None)


def topic_of_possessive(search: SubjectSearch) -> Subject | None:
    """Decide on the drugs of the topic in "Its use reduced B" at the sentence's beginning."""
    sentence, start = search.sentence, search.start
    is_possessive = sentence.word(start) in ("its", "their") and sentence.word(start + 1) in _DRUG_NOUNS
    if "drug" not in search.types or not is_possessive or start != sentence.span.start:
        return None
    topic = sentence.topic.of({"drug"})
    return Subject(topic, is_inherited=True) if topic is not None else None


def disease_before_another_name(search: SubjectSearch) -> Subject | None:
    """Decide that a disease or effect before another name is no subject: "colitis treated with A improved B"."""
    if not search.before or not search.before[0].types <= {"disease", "effect"}:
        return None
    clauses = search.sentence.clauses
    is_followed = any(
        search.before[0].end <= group.start < search.trigger.start and clauses.aside_of(group.start) is None
        for group in clauses.groups
    )
    return Subject(None) if is_followed else None


def topic_of_demonstrative_name(search: SubjectSearch) -> Subject | None:
    """Decide on the drugs of the topic that a name takes up: "This corticosteroid reduced B"."""
    if not search.before or (topic := search.sentence.topic.drugs) is None:
        return None
    is_anaphor = is_demonstrative_name(search.sentence, _first_or_adjacent(search))
    return Subject(topic, is_inherited=True) if is_anaphor else None


def first_in_clause(search: SubjectSearch) -> Subject | None:
    """Decide on A before its verb: "A inhibits B", with what it is combined or listed with ("A plus C inhibits B").

    "The latter" before the verb picks one out of a list: "of A and C, the latter inhibits B".
    """
    if not search.before:
        return None
    sentence, trigger = search.sentence, search.trigger
    first = _first_or_adjacent(search)
    if sentence.word(first.end) == "," and first.end + 3 <= trigger.start:
        first = resolve_former_latter(sentence, first, first.end, trigger)
    more = [g for g in search.before[1:] if _is_combination_partner(sentence, g) or _continues_list(sentence, first, g)]
    partners = [member for group in more for member in group.members]
    return Subject(Group((*first.members, *partners), first.negated))


def no_agent_among_types(search: SubjectSearch) -> Subject | None:
    """Decide that diseases and effects are taken from no other clause: they are only subjects where they stand."""
    return Subject(None) if search.types.isdisjoint({"drug", "target"}) else None


def examples_of_unnamed_subject(search: SubjectSearch) -> Subject | None:
    """Decide on the examples of drugs that are not named: A in "Several agents, such as A, are used in B"."""
    if not _opens_with_drug_plural(search):
        return None
    for group in search.candidates:
        words = search.sentence.words(max(search.start, group.start - 4), group.start)
        while words and words[-1] in _EXAMPLE_LINKS:
            words.pop()
        is_example = any(tuple(words[-len(cue) :]) == cue for cue in _EXAMPLE_CUES)
        if search.start <= group.start < search.end and is_example:
            return Subject(group)
    return None


def target_before_trigger(search: SubjectSearch) -> Subject | None:
    """Decide that a verb right behind a target has this as its subject, though the rule relates no such type."""
    place = search.trigger.start
    while place > search.start and search.sentence.word_before(place).endswith("ly"):
        place -= 1
    is_subject = any(
        name.end == place and search.start <= name.start and name.entity_type == "target"
        for name in search.sentence.mentions
    )
    return Subject(None) if is_subject else None


def subject_of_clause_before(search: SubjectSearch) -> Subject | None:
    """Decide on A for the second clause of "A inhibits B, although it induces C"."""
    sentence, clauses = search.sentence, search.sentence.clauses
    if search.start == sentence.span.start or not _lacks_own_subject(search):
        return None
    earlier = [
        group
        for group in search.candidates
        if group.end <= search.start
        and clauses.aside_of(group.start) is None
        and not is_object_of_another(sentence, group, search.trigger)
    ]
    leading_end = clauses.leading_phrase_end(sentence.span.start)
    behind_leading_phrase = [group for group in earlier if group.start >= leading_end]
    first = next(iter(behind_leading_phrase or earlier), None)
    if first is None:
        return None
    return Subject(resolve_former_latter(sentence, first, search.start, search.trigger))


def topic_of_anaphor(search: SubjectSearch) -> Subject | None:
    """Decide on the topic of the sentences before: "They inhibit B", "In mice, this agent inhibits B"."""
    sentence = search.sentence
    topic = sentence.topic.of(search.types, takes_all=names_several(sentence, search.start))
    is_taken_up = topic is not None and (
        is_anaphoric(sentence, search.start)
        or (search.leading_end > search.start and is_anaphoric(sentence, search.leading_end))
    )
    if topic is None or not is_taken_up:
        return None
    return Subject(resolve_former_latter(sentence, topic, search.start, search.trigger), is_inherited=True)


class Strategy(NamedTuple):
    """A strategy, and in words what decides the subject where it does."""

    said: str
    find: Callable[[SubjectSearch], Subject | None]


STRATEGIES: tuple[Strategy, ...] = (
    Strategy("subject: the cause in a compound such as 'A induced B'", cause_in_compound),
    Strategy("subject: the noun that a reduced relative clause describes", head_of_reduced_relative),
    Strategy("subject: the antecedent of the relative pronoun", antecedent_of_relative_pronoun),
    Strategy("subject: the topic, taken up behind the leading phrase", topic_behind_leading_phrase),
    Strategy("subject: the first name behind the leading phrase", subject_behind_leading_phrase),
    Strategy("subject: the drugs of the topic, taken up by 'its' or 'their'", topic_of_possessive),
    Strategy("a disease or effect before another name", disease_before_another_name),
    Strategy("subject: the drugs of the topic, taken up by a demonstrative and a name", topic_of_demonstrative_name),
    Strategy("subject: the first name of the clause before the trigger", first_in_clause),
    Strategy("neither drugs nor targets fit, and others are not inherited", no_agent_among_types),
    Strategy("subject: the examples of an unnamed subject", examples_of_unnamed_subject),
    Strategy("a target right before the trigger, which the rule does not relate", target_before_trigger),
    Strategy("subject: that of the clause before", subject_of_clause_before),
    Strategy("subject: the topic of the sentences before, taken up by an anaphor", topic_of_anaphor),
)
"""The strategies, in the order in which they are asked."""


def contrasted_drugs(sentence: TriggeredSentence, place: int) -> Group | None:
    """Return the drugs of the clause before, of which the clause of a token tells a contrast.

    "A reduced fever, whereas renal function was unchanged"; where the sentence opens with an anaphor, the drugs of
    the topic.
    """
    clauses = sentence.clauses
    start, _ = clauses.bounds(place)
    if start == sentence.span.start or _CONTRAST_OPENERS.isdisjoint(sentence.words(start, start + 2)):
        return None
    for group in sentence.groups({"drug"}):
        if group.start >= start:
            break
        is_stopped = not _WITHHOLDING.isdisjoint(sentence.words(*clauses.bounds(group.start)))
        if not (
            is_stopped
            or clauses.aside_of(group.start) is not None
            or clauses.is_compared(group)
            or is_modifier(sentence, group)
            or is_treated_or_replaced(sentence, group)
        ):
            return group
    return sentence.topic.drugs if is_anaphoric(sentence, sentence.span.start) else None


def _start_of_reduced_relative(sentence: TriggeredSentence, trigger: Trigger) -> int | None:
    """Return the first token of a phrase such as "once used in", if no auxiliary or the like makes it a predicate."""
    place = trigger.start
    if trigger.rule.frame != "phrase" or not sentence.word(place).endswith(_PARTICIPLE_ENDINGS):
        return None
    while sentence.word_before(place).endswith("ly") or sentence.word_before(place) in _PARTICIPLE_ADVERBS:
        place -= 1
    before = sentence.word_before(place)
    return place if before and before not in _FINITE_SIGNS else None


def _adjoins(sentence: TriggeredSentence, end: int, start: int) -> bool:
    """Whether only a comma, a bracketed remark or adverbs stand between two tokens."""
    gap = sentence.words(end, start)
    if gap[:1] == ["("] and ")" in gap:
        gap = gap[gap.index(")") + 1 :]
    return all(word in _MAY_FOLLOW_COMMA or word.endswith("ly") for word in gap)


def _governing_relative_pronoun(sentence: TriggeredSentence, place: int, start: int) -> int | None:
    """Return the relative pronoun from `start` on whose clause a token is in: no other verb stands between them."""
    for at in range(place - 1, start - 1, -1):
        if sentence.word(at) in RELATIVES and at > sentence.span.start:
            is_apart = sentence.verb_between(at + 1, place) and sentence.clauses.aside_of(place) is None
            return None if is_apart else at
        if sentence.word(at) in (",", ";"):
            return None
    return None


def _names_class_of_subject(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether a name is only the class that the subject belongs to ("they are a class of small molecules that ...")."""
    before = sentence.words(group.start - 2, group.start)
    return before[-1:] == ["of"] and before[0] in _CLASS_NOUNS


def _is_before_agent_noun(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether an agent noun follows a name ("JAK1 inhibitors that ...")."""
    return sentence.word(group.end).removesuffix("s") in AGENT_NOUNS


def _is_in_leading_phrase(search: SubjectSearch) -> bool:
    """Whether the trigger stands in a phrase that its clause opens with ("By binding B, ...")."""
    return search.start < search.leading_end and search.trigger.start < search.leading_end


def _behind_leading_phrase(search: SubjectSearch) -> list[Group]:
    return [group for group in search.candidates if search.leading_end < group.start < search.end]


def _first_or_adjacent(search: SubjectSearch) -> Group:
    """Return the first candidate before a trigger, or the last, where it stands right before the trigger and apart.

    A comma parts it from the first, with a verb between them or with "because" at the clause's beginning.
    """
    sentence, first, last = search.sentence, search.before[0], search.before[-1]
    adjoins = all(word in AUXILIARIES or word.endswith("ly") for word in sentence.words(last.end, search.trigger.start))
    gap = sentence.words(first.end, last.start)
    has_verb = any(word in verb_forms() or word in AUXILIARIES for word in gap)
    is_apart = "," in gap and (has_verb or sentence.word(search.start) in ("because", "since", "as"))
    return last if adjoins and is_apart else first


def _is_combination_partner(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether a list is what the subject is combined with ("A in combination with B", "A plus B")."""
    words = sentence.words(group.start - 3, group.start)
    return (
        words == ["in", "combination", "with"]
        or words[-2:] in (["combined", "with"], ["together", "with"])
        or words[-1:] == ["plus"]
        or (words[-1:] == ["with"] and _follows_combined_drug(sentence, group))
    )


def _follows_combined_drug(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether the drug before "with" is said to be combined ("combining A with B", "combination of A with B")."""
    other = next((each for each in reversed(sentence.groups({"drug"})) if each.end == group.start - 1), None)
    if other is None:
        return False
    before = sentence.words(other.start - 2, other.start)
    return "combining" in before or before == ["combination", "of"]


def _continues_list(sentence: TriggeredSentence, first: Group, group: Group) -> bool:
    """Whether a list goes on behind a parenthetical ("A, an antagonist at B, and C are ...")."""
    parenthetical = sentence.clauses.aside_of(first.end + 1)
    return (
        parenthetical is not None
        and sentence.word_before(group.start) in ("and", "or")
        and 0 <= group.start - 1 - parenthetical[1] <= 1
    )


def _opens_with_drug_plural(search: SubjectSearch) -> bool:
    """Whether a clause opens with a noun such as "agents", with or without modifiers ("Several oral agents")."""
    for word in search.sentence.words(search.start, search.start + 4):
        if not (looks_like_modifier(word) or word in _GENERIC or "-" in word):
            return word in _DRUG_PLURALS
    return False


def _lacks_own_subject(search: SubjectSearch) -> bool:
    """Whether a clause opens with an anaphor ("it", "this drug") or with its verb."""
    opening = (
        word
        for word in search.sentence.words(search.start, search.trigger.start)
        if word.isalpha()
        and not word.endswith("ly")
        and word not in _CLAUSE_INTRODUCERS
        and word not in _GENERIC
        and not looks_like_modifier(word)
    )
    first = next(opening, None)
    return first is None or first in ANAPHORS | AUXILIARIES | _DRUG_NOUNS
