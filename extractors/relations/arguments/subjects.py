"""Finds the subject of a trigger: in its clause, a relative clause's head, an earlier clause, the sentence before."""

from __future__ import annotations

from extractors.language.clauses import AUXILIARIES, PRONOUNS, RELATIVES
from extractors.language.coordination import Group
from extractors.language.inflection import verb_forms
from extractors.language.lexicon import AGENT_NOUNS, DETERMINERS, is_hyphen, looks_like_modifier, words_of
from extractors.relations.arguments.coreference import ANAPHORS, is_anaphoric, is_pointed_at, meant_of, names_several
from extractors.relations.polarity import is_lost
from extractors.relations.sentence import Trigger, TriggeredSentence

_BEFORE_PARTICIPLE = frozenset("not also been both all each now long once first originally".split())
_COPULA_LIKE = frozenset("remain remains and or but proved proven shown".split())
_CLASS_NOUNS = frozenset("class group family type kind subset member members".split())
_EXAMPLES = (("such", "as"), ("including",), ("particularly",), ("especially",), ("notably",), ("like",))

_NEAR_DRUG = 6
"""How many words may stand between what is treated and the "with" of what it is treated with."""


_CONTRASTS = frozenset("but whereas while although though however ; yet and with".split())
_QUALIFYING = frozenset(
    "resistant sensitive dependent independent responsive free naive containing binding activated producing specific "
    "positive negative refractory like zipper rich coated loaded".split()
)
"""Words behind a hyphen that make of a name only what kind of thing another is."""


def subject_of(sentence: TriggeredSentence, trigger: Trigger, types: set[str]) -> tuple[Group | None, bool]:  # noqa: C901
    """Return the subject of a trigger, and whether it comes from the sentence before."""
    clauses = sentence.clauses
    start, end = clauses.bounds(trigger.start)
    aside = clauses.aside_of(trigger.start)
    groups = [
        g
        for g in sentence.groups(types)
        if not (
            clauses.is_compared(g)
            or _modifies_noun(sentence, g)
            or _is_cause_of_object(sentence, g, trigger)
            or _is_treated(sentence, g)
            or _is_bound_by_another(sentence, g)
            or _is_behind_verb(sentence, g, trigger)
        )
    ]
    if sentence.is_inducing(trigger):
        return next((g for g in groups if g.end == trigger.start), None), False
    relative = _relative_before(sentence, trigger.start, start)
    if (begin := _reduced_relative_start(sentence, trigger)) is not None:
        head = next((g for g in groups if _adjoins(sentence, g.end, trigger.start)), None)
        if head is not None or sentence.doc[begin - 1].lower_ not in words_of("drug_pronouns") | AGENT_NOUNS:
            return head, False
    if relative is not None:
        for group in groups:
            if _names_a_class(sentence, group) or _is_agent(sentence, group.end):
                continue
            if 0 <= relative - group.end <= 2 or (
                relative - group.end == 3 and sentence.doc[relative - 1].text in (")", ",")
            ):
                return group, False
    lead = clauses.leading_phrase_end(start)
    if start < lead and trigger.start < lead:
        following = [g for g in groups if lead < g.start < end]
        topic = sentence.topic.of(types)
        if topic is not None and is_anaphoric(sentence, lead) and not any(g.start <= lead + 2 for g in following):
            return topic, True  # "By binding A, this antibody also reduced B"
        if following:
            return following[0], False
    opening = [token.lower_ for token in sentence.doc[start : start + 2]]
    if "drug" in types and opening[:1] in (["its"], ["their"]) and opening[-1] in words_of("drug_pronouns"):
        topic = sentence.topic.of({"drug"})
        if topic is not None and start == sentence.span.start:
            return topic, True
    before = [
        g
        for g in groups
        if max(start, lead) <= g.start
        and g.end <= trigger.start
        and clauses.aside_of(g.start) in (aside, None)
        and not _is_object(sentence, g, trigger)
    ]
    if before and before[0].types <= {"disease", "effect"}:
        between = [
            g for g in clauses.groups if before[0].end <= g.start < trigger.start and clauses.aside_of(g.start) is None
        ]
        if between:
            return None, False
    if before:
        first = _right_before(sentence, before, trigger)
        topic = sentence.topic.drugs
        if topic is not None and is_pointed_at(sentence, first):
            return topic, True
        if sentence.doc[first.end].text == "," and first.end + 3 <= trigger.start:  # "of A and B, the latter inhibits"
            first = meant_of(sentence, first, first.end, trigger)
        more = [group for group in before[1:] if _is_partner(sentence, group) or _goes_on(sentence, first, group)]
        partners = [member for group in more for member in group.members]
        return Group((*first.members, *partners), first.negated), False
    if "drug" not in types and "target" not in types:
        return None, False
    if (examples := _examples(sentence, groups, start, end)) is not None:
        return examples, False
    if _has_own_subject(sentence, trigger, start):
        return None, False
    if start > sentence.span.start and _may_inherit(sentence, start, trigger.start):
        earlier = [
            g
            for g in groups
            if g.end <= start and clauses.aside_of(g.start) is None and not _is_object(sentence, g, trigger)
        ]
        earlier = [g for g in earlier if g.start >= clauses.leading_phrase_end(sentence.span.start)] or earlier
        if earlier:
            return meant_of(sentence, earlier[0], start, trigger), False
    topic = sentence.topic.of(types, takes_all=names_several(sentence, start))
    if topic is not None and (is_anaphoric(sentence, start) or (lead > start and is_anaphoric(sentence, lead))):
        return meant_of(sentence, topic, start, trigger), True
    return None, False


def _examples(sentence: TriggeredSentence, groups: list[Group], start: int, end: int) -> Group | None:
    """Return the examples of an unnamed subject that a clause opens with ("Agents ..., such as aspirin, are ...")."""
    opening = [token.lower_ for token in sentence.doc[start : start + 4]]
    while opening and (looks_like_modifier(opening[0]) or opening[0] in words_of("generic") or "-" in opening[0]):
        opening.pop(0)
    if not opening or opening[0] not in words_of("bearers"):
        return None
    for group in groups:
        words = [token.lower_ for token in sentence.doc[max(start, group.start - 4) : group.start]]
        while words and words[-1] in ("those", "that", "involving", "using", "with"):
            words.pop()
        if start <= group.start < end and any(tuple(words[-len(cue) :]) == cue for cue in _EXAMPLES):
            return group
    return None


def contrasted(sentence: TriggeredSentence, place: int) -> Group | None:
    """Return the drugs that the clause before acts by, where the clause of `place` says what they do not do as well."""
    start, _ = sentence.clauses.bounds(place)
    opening = {token.lower_ for token in sentence.doc[start : start + 2]}
    if start == sentence.span.start or opening.isdisjoint(_CONTRASTS):
        return None
    for group in sentence.groups({"drug"}):
        if group.start >= start:
            break
        is_meant = sentence.clauses.aside_of(group.start) is None and not sentence.clauses.is_compared(group)
        before = sentence.clauses.bounds(group.start)
        is_stopped = not words_of("withholding").isdisjoint(t.lower_ for t in sentence.doc[before[0] : before[1]])
        if is_meant and not (is_stopped or _modifies_noun(sentence, group) or _is_treated(sentence, group)):
            return group
    return sentence.topic.drugs if is_anaphoric(sentence, sentence.span.start) else None


def _is_agent(sentence: TriggeredSentence, place: int) -> bool:
    return sentence.doc[place : place + 1].text.lower().removesuffix("s") in AGENT_NOUNS


def _names_a_class(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether a group only says what the subject is one of ("they are a class of small molecules that ...")."""
    before = [token.lower_ for token in sentence.doc[max(0, group.start - 2) : group.start]]
    return before[-1:] == ["of"] and before[0] in _CLASS_NOUNS


def _modifies_noun(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether a group only says what kind of thing another noun is ("penicillin model", "infliximab levels")."""
    tail = sentence.doc[group.end : group.end + 2]
    if len(tail) == 2 and is_hyphen(tail[0]) and tail[1].lower_ in _QUALIFYING:  # "lamivudine-resistant mutants"
        return True
    behind = tail[:1].text.lower()
    is_blocked = behind.removesuffix("s") in AGENT_NOUNS - {"antibody"} and group.members[-1].subtype != "drug_class"
    return is_blocked or behind in words_of("not_agents")


def _is_treated(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether a group is what a drug is given to or comes after ("pretreatment of A with B", "switch from A to B")."""
    doc, start = sentence.doc, sentence.span.start
    place = group.start
    while place > start and (doc[place - 1].lower_ in DETERMINERS or looks_like_modifier(doc[place - 1].lower_)):
        place -= 1
    if place - 1 <= start or doc[place - 1].lower_ not in ("of", "from"):
        return False
    if doc[place - 2].lower_ not in words_of("giving"):
        return False
    links = {"with", "to"} if doc[place - 1].lower_ == "from" else {"with"}
    behind = doc[group.end : min(group.end + _NEAR_DRUG, sentence.span.end)]
    return any(
        token.lower_ in links and any(0 <= other.start - 1 - token.i <= 2 for other in sentence.clauses.groups)
        for token in behind
    )


def _right_before(sentence: TriggeredSentence, groups: list[Group], trigger: Trigger) -> Group:
    """Return the first of the lists before a trigger, or the one right before it that a comma parts from the first."""
    doc, last = sentence.doc, groups[-1]
    adjoins = all(t.lower_ in AUXILIARIES or t.lower_.endswith("ly") for t in doc[last.end : trigger.start])
    gap = doc[groups[0].end : last.start]
    start, _ = sentence.clauses.bounds(trigger.start)
    says_more = any(t.lower_ in verb_forms() or t.lower_ in AUXILIARIES for t in gap)
    is_apart = any(t.text == "," for t in gap) and (says_more or doc[start].lower_ in ("because", "since", "as"))
    return last if adjoins and is_apart else groups[0]


def _is_behind_verb(sentence: TriggeredSentence, group: Group, trigger: Trigger) -> bool:
    """Whether a disease is part of what an earlier verb says ("induced A in B but was burdened by")."""
    if not group.types <= {"disease", "effect"} or group.end > trigger.start:
        return False
    start, _ = sentence.clauses.bounds(trigger.start)
    between = sentence.doc[group.end : trigger.start]
    is_coordinated = any(token.lower_ in ("and", "but", "yet", "without") for token in between)
    is_active = any(start <= t.start and t.end <= group.start and t.rule.frame == "verb" for t in sentence.triggers)
    return is_active and is_coordinated and RELATIVES.isdisjoint(token.lower_ for token in between)


def _is_bound_by_another(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether a group is only what antibodies that go before are against ("antibodies against A cause")."""
    before = [token.lower_ for token in sentence.doc[max(group.start - 3, sentence.span.start) : group.start]]
    return (
        before[-1:] in (["against"], ["to"], ["towards"], ["toward"])
        and len(before) > 1
        and before[-2]
        in ("antibodies", "antibody", "autoantibodies", "autoantibody", "directed", "antiserum", "antisera")
    )


def _has_own_subject(sentence: TriggeredSentence, trigger: Trigger, start: int) -> bool:
    """Whether what acts stands right before a trigger, though its type is none that the trigger relates."""
    place = trigger.start
    while place > start and sentence.doc[place - 1].lower_.endswith("ly"):
        place -= 1
    return any(name.end == place and start <= name.start and name.entity_type == "target" for name in sentence.mentions)


def _is_cause_of_object(sentence: TriggeredSentence, group: Group, trigger: Trigger) -> bool:
    """Whether a group only says what caused something that a verb acts on ("prevented X-induced death and reduced")."""
    behind = sentence.doc[group.end : group.end + 2]
    is_cause = len(behind) == 2 and is_hyphen(behind[0]) and behind[1].lower_ in words_of("inducing")
    verbs = (other.end for other in sentence.triggers if other.rule.frame == "verb" and other.end <= group.start)
    return is_cause and trigger.rule.frame == "verb" and trigger.start > group.end + 2 and any(verbs)


def _reduced_relative_start(sentence: TriggeredSentence, trigger: Trigger) -> int | None:
    """Return where a phrase such as "once used in" begins, if it has no auxiliary and so belongs to the word before."""
    doc, place = sentence.doc, trigger.start
    if trigger.rule.frame != "phrase" or not doc[place].lower_.endswith(("ed", "active", "ective", "icial", "eful")):
        return None
    while place > sentence.span.start and (
        doc[place - 1].lower_.endswith("ly") or doc[place - 1].lower_ in _BEFORE_PARTICIPLE
    ):
        place -= 1
    before = AUXILIARIES | _COPULA_LIKE | PRONOUNS | RELATIVES
    is_finite = doc[place - 1].lower_ in before if place > sentence.span.start else True
    return None if is_finite else place


def _adjoins(sentence: TriggeredSentence, end: int, start: int) -> bool:
    gap = [token.lower_ for token in sentence.doc[end:start]]
    if gap[:1] == ["("] and ")" in gap:
        gap = gap[gap.index(")") + 1 :]
    return all(word == "," or word.endswith("ly") or word in ("not", "first", "now", "also") for word in gap)


def _relative_before(sentence: TriggeredSentence, place: int, start: int) -> int | None:
    """Return the relative pronoun that governs `place`, if no other verb stands between them."""
    for token in reversed(sentence.doc[start:place]):
        if token.lower_ in RELATIVES and token.i > sentence.span.start:
            return (
                None
                if sentence.verb_between(token.i + 1, place) and sentence.clauses.aside_of(place) is None
                else token.i
            )
        if token.text in (",", ";"):
            return None
    return None


def _is_object(sentence: TriggeredSentence, group: Group, trigger: Trigger) -> bool:
    """Whether a target is what another trigger acts on, and so no subject ("inhibition of JAK1 reduces ...")."""
    if group.types == {"drug"}:
        return False
    is_missing = is_lost(sentence, group)
    is_alone = (
        is_missing
        and "associated_with" not in trigger.rule.predicates.values()
        and not any(g.end <= trigger.start for g in sentence.groups({"drug"}))
    )
    for other in sentence.triggers:
        if other.rule.frame == "nominal" and is_alone:  # "blockade of A enhances": who blocks it is not said
            continue
        if other.rule.frame == "nominal" and is_missing and group.end == other.start:  # "A blockade with B enhances"
            agents = [g for g in sentence.groups({"drug"}) if 1 <= g.start - other.end <= 3]
            if agents and sentence.doc[other.end].lower_ in ("with", "by", "using", "through", "via"):
                return True
        if other.rule.frame == "agent" and group.end in (other.start, other.start - 1):
            return True
        acts = other.rule.frame in ("nominal", "verb", "phrase") and not other.rule.id.startswith("modulation")
        if acts and other != trigger and other.start < group.start and other.end <= group.start <= other.end + 2:
            return True
    return False


def _goes_on(sentence: TriggeredSentence, first: Group, group: Group) -> bool:
    """Whether a list goes on behind an aside ("Icatibant, an antagonist at ..., and lanadelumab are ...")."""
    doc, aside = sentence.doc, sentence.clauses.aside_of(first.end + 1)
    return aside is not None and doc[group.start - 1].lower_ in ("and", "or") and 0 <= group.start - 1 - aside[1] <= 1


def _is_partner(sentence: TriggeredSentence, group: Group) -> bool:
    words = [token.lower_ for token in sentence.doc[max(sentence.span.start, group.start - 3) : group.start]]
    return (
        words[-3:] == ["in", "combination", "with"]
        or words[-2:] in (["combined", "with"], ["together", "with"])
        or words[-1:] == ["plus"]
        or (words[-1:] == ["with"] and _opens_combination(sentence, group))
    )


def _opens_combination(sentence: TriggeredSentence, group: Group) -> bool:
    """Whether a group is what another is combined with ("combining A with B", "combination of A with B")."""
    other = next((each for each in reversed(sentence.groups({"drug"})) if each.end == group.start - 1), None)
    if other is None or other.start == sentence.span.start:
        return False
    before = [token.lower_ for token in sentence.doc[max(other.start - 2, sentence.span.start) : other.start]]
    return "combining" in before or before == ["combination", "of"]


def _may_inherit(sentence: TriggeredSentence, start: int, place: int) -> bool:
    """Whether a clause without a subject of its own speaks of the one before: "it", "they", or nothing at all."""
    words = [t.lower_ for t in sentence.doc[start:place] if t.is_alpha and not t.lower_.endswith("ly")]
    skipped = {
        "yet",
        "nor",
        "then",
        "and",
        "but",
        "or",
        "while",
        "although",
        "though",
        "because",
        "so",
        "however",
        "which",
        "when",
        "with",
    }
    subjects = [
        w
        for w in words
        if w not in skipped and w != "the" and not looks_like_modifier(w) and w not in words_of("generic")
    ]
    return not subjects or subjects[0] in ANAPHORS | AUXILIARIES | words_of("drug_pronouns")
