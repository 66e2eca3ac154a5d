"""Finds subject and object of a trigger over the dependency parse.

The frames (`frames.py`) are paths between words; this module follows them from a trigger to the mentions. A verb
without a subject of its own takes it from the word it depends on ("reduces pain by blocking ..."), a noun that is no
mention passes on to what it describes ("an antibody that blocks ..."), and a noun that names a change and is itself
acted on turns or keeps the direction ("prevents the inhibition of ...": `Reading.trigger` then has the predicates of
both together). Where the parse is poor nothing is found: the token rules of `arguments.py` are there for that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from spacy.tokens import Token

from extractors.annotations import FoundMention
from extractors.language.clauses import RELATIVES
from extractors.language.coordination import Group
from extractors.language.lexicon import AGENT_NOUNS, word_list
from extractors.language.parse import coordinated, describes, is_passive, spans_clauses
from extractors.relations.arguments.coreference import is_pointed_at
from extractors.relations.arguments.dependency_patterns import DependencyFrames, Frame, Link, Links
from extractors.relations.arguments.treatment_outcomes import raises_risk
from extractors.relations.polarity import composed, is_prevented
from extractors.relations.rules import RelationRule
from extractors.relations.sentence import Arguments, Trigger, TriggeredSentence

ANAPHORIC = word_list("relations", "drug_pronouns") | AGENT_NOUNS
_POINTERS = word_list("relations", "pointers")
_FARTHEST = 6
"""How many words a subject may be passed on over."""
_LONG_LIST = 3
_PASSIVE = "passive/"
"""What the frames of a passive trigger begin with."""

Path = tuple[Frame, ...]
"""The frames that lead from a trigger to a list of mentions, the first from the trigger."""


class Reading(NamedTuple):
    """What the parse makes of a trigger: its arguments, the frames that led to them, the trigger to state them by."""

    trigger: Trigger
    arguments: Arguments
    frames: str
    """Identifiers of the frames, with "/" between them; `relations.method` shows them."""

    is_stacked: bool = False
    """Whether the direction is that of two triggers together ("prevents the inhibition of B")."""

    @property
    def is_passive(self) -> bool:
        """Whether the trigger is a passive verb."""
        return self.frames.startswith(_PASSIVE)


def reader_of(sentence: TriggeredSentence, frames: DependencyFrames) -> SentenceReader | None:
    """Return what reads a sentence, if it may relate two mentions and is well parsed."""
    types = {mention.entity_type for mention in sentence.mentions}
    pairs = {pair for trigger in sentence.triggers for pair in trigger.rule.pairs}
    names_harm = "drug" in types and not types.isdisjoint({"disease", "effect"})
    if not names_harm and not any(types >= set(pair) for pair in pairs):
        return None
    if not sentence.is_well_parsed:
        return None
    return SentenceReader(sentence, frames.links(sentence.span, names_harm=names_harm))


class SentenceReader:
    """Reads the triggers of one well parsed sentence."""

    def __init__(self, sentence: TriggeredSentence, links: Links) -> None:
        self._sentence = sentence
        self._links = links
        self._groups = sentence.clauses.groups
        self._mention_at = {place: m for g in self._groups for m in g.members for place in range(m.start, m.end)}
        self._nouns = {
            place: trigger
            for trigger in sentence.triggers
            if trigger.rule.frame == "nominal"
            for place in range(trigger.start, trigger.end)
            if sentence.doc[place].tag_.startswith("NN")
        }

    def read(self, trigger: Trigger) -> Iterator[Reading]:
        """Yield what the parse makes of a trigger."""
        words = self._sentence.doc[trigger.start : trigger.end]
        head = words.root
        reader = _READERS.get(trigger.rule.frame)
        if reader is None or not _is_tagged_as_expected(trigger, head) or spans_clauses(words):
            return
        if is_prevented(self._sentence, trigger):  # "prevents A from activating B" is no statement of A's
            return
        for reading in reader(self, trigger, head):
            if self._is_plausible(reading.trigger, reading.arguments) and not is_pointed_at(
                self._sentence, reading.arguments.subjects
            ):
                yield reading

    def _is_plausible(self, trigger: Trigger, arguments: Arguments) -> bool:
        """Whether two lists have no member in common, and no semicolon or other drug that acts between them."""
        if (
            any(
                (trigger.end <= other.start or other.end == trigger.start)
                and other.end <= arguments.objects.start
                and other.types == {"drug"}
                and set(other.members).isdisjoint(arguments.subjects.members)
                and not self._sentence.clauses.is_compared(other)
                for other in self._groups
            )
            and arguments.subjects.end <= trigger.start
        ):
            return False  # "A inhibits B and C inhibits D", "A inhibits B and C D"
        first, second = sorted((arguments.subjects, arguments.objects), key=lambda group: group.start)
        between = self._sentence.doc[first.end : max(first.end, second.start)]
        return set(first.members).isdisjoint(second.members) and all(token.text != ";" for token in between)

    def whole(self, rules: Mapping[str, RelationRule]) -> Iterator[Reading]:
        """Yield what frames that need no trigger of a rule find in the sentence."""
        for frame, word, subject, target in self._links.whole:
            trigger = Trigger(rules[frame.rule], word.i, word.i + 1, "phrase")
            for _, subjects in self._meant(Link(frame, subject), "given"):
                for _, objects in self._meant(Link(frame, target), "held"):
                    if not frame.needs_risk or raises_risk(self._sentence, subjects, objects):
                        yield _reading(trigger, subjects, objects, (frame,))

    def denies(self, trigger: Trigger, subjects: Group) -> bool:
        """Whether the parse gives a trigger a subject in which no member of a list has a part."""
        head = self._sentence.doc[trigger.start : trigger.end].root
        if trigger.rule.frame not in ("verb", "phrase") or not head.tag_.startswith("VB") or is_passive(head):
            return False
        after = self._sentence.doc[subjects.end : subjects.end + 2]
        if after.text.startswith(",") and after[-1].lower_ in RELATIVES:  # "A, which" is A's clause, wherever it hangs
            return False
        nouns = self._grammatical(head)
        return bool(nouns) and not any(self._may_mean(noun, subjects) for noun in nouns)

    def _may_mean(self, noun: Token, group: Group) -> bool:
        """Whether a grammatical subject holds a member of a list, takes it up or describes it."""
        return (
            (noun.tag_[:2] != "NN" and noun.i not in self._mention_at)
            or noun.lower_ in ANAPHORIC
            or any(child.lower_ in _POINTERS for child in noun.children)
            or describes(noun, group.end)
            or any(noun.left_edge.i <= member.start <= noun.right_edge.i for member in group.members)
        )

    def _grammatical(self, token: Token, seen: frozenset[int] = frozenset()) -> list[Token]:
        """Return the grammatical subjects of a word, and whom they in turn are said of."""
        if token.i in seen:
            return []
        seen = seen | {token.i}
        own = [link.token for link in self._own_subjects(token)]
        further = own or [link.token for link in self._links.of("lender", token)]
        return own + [noun for word in further for noun in self._grammatical(word, seen)]

    def _own_subjects(self, token: Token) -> list[Link]:
        """Return the subjects that stand to a word itself, without those that are in doubt."""
        has_auxiliary = any(child.dep_ in ("aux", "auxpass") for child in token.children)
        return [
            link
            for link in self._links.of("subject", token)
            if not (link.frame.is_participle and has_auxiliary)
            and not (link.frame.is_relative and self._is_ambiguous(link.token, token))
        ]

    def verb(self, trigger: Trigger, head: Token) -> Iterator[Reading]:
        """Read "A inhibits B", "B is inhibited by A" and what stands for them."""
        if is_passive(head):
            for agent, subjects in self._named("agent", head, "given"):
                for path, objects in self._spoken_of(head):
                    yield _reading(trigger, subjects, objects, path, agent, is_passive=True)
                for link in self._own_subjects(head):
                    yield from self._stacked(trigger, subjects, link.token, _PASSIVE + _ids(agent))
            return
        for path, subjects in self._doers(head):
            for frame, objects in self._named("object", head, "held"):
                yield _reading(trigger, subjects, objects, path, frame)
            for link in self._links.of("object", head):
                yield from self._stacked(trigger, subjects, link.token, _ids(path))

    def _doers(self, verb: Token) -> list[tuple[Path, Group]]:
        """Return who does what an active verb says: what is used for it, where it has no subject of its own."""
        means = [] if self._own_subjects(verb) else list(self._named("means", verb, "given"))
        return [(path, group) for path, group in means if "drug" in group.types] or list(self._spoken_of(verb))

    def phrase(self, trigger: Trigger, head: Token) -> Iterator[Reading]:
        """Read "A is indicated for B": the phrase holds the verb and the preposition."""
        last = self._sentence.doc[trigger.end - 1]
        for path, subjects in self._spoken_of(head):
            for frame, objects in self._named("object", last, "held"):
                yield _reading(trigger, subjects, objects, path, frame)

    def reverse(self, trigger: Trigger, head: Token) -> Iterator[Reading]:
        """Read "B is seen with A"; "A is complicated by B" turns it round."""
        if trigger.end - trigger.start == 1 and is_passive(head):
            for agent, objects in self._named("agent", head, "held"):
                for path, subjects in self._spoken_of(head):
                    yield _reading(trigger, subjects, objects, path, agent, is_passive=True)
            return
        last = self._sentence.doc[trigger.end - 1]
        for path, objects in self._spoken_of(head):
            for frame, subjects in self._named("object", last, "given"):
                yield _reading(trigger, subjects, objects, path, frame)

    def noun(self, trigger: Trigger, head: Token) -> Iterator[Reading]:
        """Read "inhibition of B by A", "B inhibition", "A's inhibition of B", "A causes inhibition of B"."""
        subjects = list(self._named("agent", head, "given")) or list(self._spoken_of(head))
        if head.tag_ == "NN" and subjects and subjects[0][0][0].names_one_thing:
            subjects = [(subjects[0][0], Group(subjects[0][1].members[:1]))]
        for path, group in subjects:
            for frame, objects in self._named("object", head, "held"):
                if not path[0].is_beside or _adjoins(group, head, objects):
                    yield _reading(trigger, group, objects, path, frame)

    def link(self, trigger: Trigger, head: Token) -> Iterator[Reading]:
        """Read "A-induced B"."""
        for path, subjects in self._named("inducer", head, "given"):
            for _, objects in self._named("induced", head, "held"):
                yield _reading(trigger, subjects, objects, path)

    def _stacked(self, outer: Trigger, subjects: Group, noun: Token, path: str) -> Iterator[Reading]:
        """Read "prevents the inhibition of B": the two directions multiplied."""
        inner = self._nouns.get(noun.i)
        if inner is None or (made := composed(outer, inner)) is None:
            return
        for frame, objects in self._named("object", noun, "held"):
            frames = f"{path}/stacked-{_ids(frame)}"
            yield Reading(made, Arguments(subjects, objects), frames, is_stacked=True)

    def _spoken_of(self, token: Token, seen: frozenset[int] = frozenset()) -> Iterator[tuple[Path, Group]]:
        """Yield whom a word is said of, with the frame that leads there."""
        if token.i in seen or len(seen) > _FARTHEST:
            return
        seen = seen | {token.i}
        own = self._own_subjects(token)
        for link in own:
            groups = list(self._meant(link, "given"))
            yield from groups
            if not groups and not link.token.tag_.startswith("PRP"):
                yield from (((link.frame,), group) for _, group in self._spoken_of(link.token, seen))
        if not own:
            for link in self._links.of("lender", token):
                yield from (((link.frame,), group) for _, group in self._spoken_of(link.token, seen))

    def _is_ambiguous(self, antecedent: Token, verb: Token) -> bool:
        """Whether a relative clause may belong to another word ("a complex with X that", "X, and Y, which")."""
        pronoun = next((child for child in verb.children if child.lower_ in RELATIVES), verb)
        if antecedent.dep_ == "pobj" and pronoun.i > 0 and pronoun.nbor(-1).text != ",":
            return True
        mention = self._mention_at.get(antecedent.i)
        if mention is None:
            return False
        group = next(group for group in self._groups if mention in group.members)
        return any(
            other.start > group.end - 1 and other.end <= verb.i and other.types & group.types for other in self._groups
        )

    def _named(self, role: str, token: Token, holder: str) -> Iterator[tuple[Path, Group]]:
        for link in self._links.of(role, token):
            yield from self._meant(link, holder)

    def _meant(self, link: Link, holder: str) -> Iterator[tuple[Path, Group]]:
        """Yield the lists of mentions that a word and what is coordinated with it stand for."""
        first = self._mention_at.get(link.token.i)
        taken: set[FoundMention] = set()
        for word in (link.token, *coordinated(link.token)):
            mention = self._mention_at.get(word.i)
            if mention is None:
                doer = holder == "given" and word.i in self._nouns
                for held in self._links.of("agent" if doer else holder, word):
                    yield from (((link.frame, *path), group) for path, group in self._meant(held, holder))
            elif mention is not None and mention not in taken and mention.entity_type == (first or mention).entity_type:
                group = self._group_of(mention, word)
                taken.update(group.members)
                yield (link.frame,), group

    def _group_of(self, mention: FoundMention, head: Token) -> Group:
        """Return the list that a mention stands in, so far as it depends on a word."""
        whole = next(group for group in self._groups if mention in group.members)
        kept = [place for place, member in enumerate(whole.members) if member == mention or self._depends(member, head)]
        if len(whole.members) >= _LONG_LIST and 2 * len(kept) >= len(whole.members):
            return whole  # the tree lost a member
        negated = frozenset(new for new, old in enumerate(kept) if old in whole.negated)
        return Group(tuple(whole.members[place] for place in kept), negated)

    def _depends(self, member: FoundMention, head: Token) -> bool:
        root = self._sentence.doc[member.start : member.end].root
        return head == root or head.is_ancestor(root)


_READERS = {
    "verb": SentenceReader.verb,
    "phrase": SentenceReader.phrase,
    "reverse": SentenceReader.reverse,
    "nominal": SentenceReader.noun,
    "agent": SentenceReader.noun,
    "link": SentenceReader.link,
}


def _reading(trigger: Trigger, subjects: Group, objects: Group, *paths: Path, is_passive: bool = False) -> Reading:
    frames = "/".join(map(_ids, paths))
    return Reading(trigger, Arguments(subjects, objects), _PASSIVE + frames if is_passive else frames)


def _ids(path: Path) -> str:
    return "/".join(frame.id for frame in path)


def _adjoins(group: Group, noun: Token, objects: Group) -> bool:
    """Whether a list stands beside a noun with its object."""
    first, last = min(noun.left_edge.i, objects.start), max(noun.i + 1, objects.end)
    return 0 <= first - group.end <= 1 or 0 <= group.start - last <= 1


def _is_tagged_as_expected(trigger: Trigger, head: Token) -> bool:
    return trigger.rule.frame != "verb" or head.tag_.startswith("VB")
