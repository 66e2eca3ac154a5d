"""Subject and object of a trigger over the dependency parse.

The frames of `dependency_patterns.py` are paths between words; this module follows them from a trigger to the mentions.
A verb without a subject of its own inherits that of its controller, the word it depends on ("reduces pain by blocking
..."). A noun that is no mention passes on to the name beside it ("an antibody that blocks ..."). A noun of change that
is acted on itself keeps or turns the direction ("prevents the inhibition of ..."): `Reading.trigger` then has the
predicates of both. Where the parse is poor nothing is found; the frames of `token_frames.py` need no parse.

Start reading at `SentenceReader.read`.
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
from extractors.relations.arguments.coreference import is_demonstrative_name
from extractors.relations.arguments.dependency_patterns import DependencyFrames, Frame, Link, Links
from extractors.relations.arguments.treatment_outcomes import raises_risk
from extractors.relations.polarity import composed, is_prevented
from extractors.relations.rules import RelationRule
from extractors.relations.sentence import Arguments, Trigger, TriggeredSentence

_ANAPHORIC_NOUNS = word_list("relations", "drug_nouns") | AGENT_NOUNS
_DEMONSTRATIVES = word_list("relations", "demonstratives")
_MOST_CONTROLLERS = 6
"""How many words a subject may be inherited across."""
_LONG_LIST = 3
"""How many members a list has that is kept whole where the parse has lost some of them."""
_PASSIVE = "passive/"
"""What the identifiers of the frames begin with where the trigger is passive."""

Path = tuple[Frame, ...]
"""The frames that lead from a trigger to a list of mentions, in order; the first starts at the trigger."""


class Reading(NamedTuple):
    """The arguments that the parse gives a trigger, and the frames that led to them.

    `trigger` is what the arguments are stated by; of stacked triggers it has the predicates of both.
    """

    trigger: Trigger
    arguments: Arguments
    frames: str
    """Identifiers of the frames, with "/" between them; `relations.method` shows them."""

    is_stacked: bool = False
    """Whether the direction is the product of two triggers ("prevents the inhibition of B")."""

    @property
    def is_passive(self) -> bool:
        """Whether the trigger is a passive verb."""
        return self.frames.startswith(_PASSIVE)


def reader_of(sentence: TriggeredSentence, frames: DependencyFrames) -> SentenceReader | None:
    """Return a reader of a sentence, or None where it names no two things to relate or its parse is not trusted."""
    types = {mention.entity_type for mention in sentence.mentions}
    pairs = {pair for trigger in sentence.triggers for pair in trigger.rule.pairs}
    names_harm = "drug" in types and not types.isdisjoint({"disease", "effect"})
    if not names_harm and not any(types >= set(pair) for pair in pairs):
        return None
    if not sentence.is_well_parsed:
        return None
    if names_harm not in sentence.links:
        sentence.links[names_harm] = frames.links(sentence.span, names_harm=names_harm)
    return SentenceReader(sentence, sentence.links[names_harm])


class SentenceReader:
    """Reads the triggers of one well-parsed sentence."""

    def __init__(self, sentence: TriggeredSentence, links: Links) -> None:
        self._sentence = sentence
        self._links = links
        self._groups = sentence.clauses.groups
        self._mention_at = {place: m for g in self._groups for m in g.members for place in range(m.start, m.end)}
        self._nouns_of_change = {
            place: trigger
            for trigger in sentence.triggers
            if trigger.rule.frame == "nominal"
            for place in range(trigger.start, trigger.end)
            if sentence.doc[place].tag_.startswith("NN")
        }

    def read(self, trigger: Trigger) -> Iterator[Reading]:
        """Yield the readings of a trigger whose arguments are plausible."""
        words = self._sentence.doc[trigger.start : trigger.end]
        head = words.root
        reader = _READERS.get(trigger.rule.frame)
        if reader is None or not _is_tagged_as_expected(trigger, head) or spans_clauses(words):
            return
        if is_prevented(self._sentence, trigger):  # "prevents A from activating B" says nothing of A
            return
        for reading in reader(self, trigger, head):
            if self._is_plausible(reading.trigger, reading.arguments) and not is_demonstrative_name(
                self._sentence, reading.arguments.subjects
            ):
                yield reading

    def _is_plausible(self, trigger: Trigger, arguments: Arguments) -> bool:
        """Whether two lists share no member, and neither a semicolon nor another agent stands between them."""
        subjects, objects = arguments.subjects, arguments.objects
        if subjects.end <= trigger.start and self._has_other_agent(trigger, subjects, objects):
            return False
        first, second = sorted((subjects, objects), key=lambda group: group.start)
        between = self._sentence.words(first.end, second.start)
        return set(first.members).isdisjoint(second.members) and ";" not in between

    def _has_other_agent(self, trigger: Trigger, subjects: Group, objects: Group) -> bool:
        """Whether a drug that is no subject stands before the object: behind the trigger, or right before it.

        "A inhibits B and C inhibits D", "A inhibits B and C D": A does not inhibit D.
        """
        return any(
            (trigger.end <= other.start or other.end == trigger.start)
            and other.end <= objects.start
            and other.types == {"drug"}
            and set(other.members).isdisjoint(subjects.members)
            and not self._sentence.clauses.is_compared(other)
            for other in self._groups
        )

    def whole(self, rules: Mapping[str, RelationRule]) -> Iterator[Reading]:
        """Yield what the frames that are statements by themselves find; `rules` has the relation rules by `id`."""
        for frame, word, subject, target in self._links.whole:
            trigger = Trigger(rules[frame.rule], word.i, word.i + 1, "phrase")
            for _, subjects in self._mentions_of(Link(frame, subject), "exposure"):
                for _, objects in self._mentions_of(Link(frame, target), "complement"):
                    if not frame.needs_risk or raises_risk(self._sentence, subjects, objects):
                        yield _reading(trigger, subjects, objects, (frame,))

    def denies(self, trigger: Trigger, subjects: Group) -> bool:
        """Whether the parse gives a trigger a subject that cannot mean any member of a list."""
        head = self._sentence.doc[trigger.start : trigger.end].root
        if trigger.rule.frame not in ("verb", "phrase") or not head.tag_.startswith("VB") or is_passive(head):
            return False
        comma, pronoun = subjects.end, subjects.end + 1
        if self._sentence.word(comma) == "," and self._sentence.word(pronoun) in RELATIVES:
            return False  # "A, which" is a clause of A, whatever the parse attaches it to
        nouns = self._grammatical_subjects(head)
        return bool(nouns) and not any(self._may_mean(noun, subjects) for noun in nouns)

    def _may_mean(self, noun: Token, group: Group) -> bool:
        """Whether a grammatical subject contains a member of a list, is an anaphor, or describes the list."""
        return (
            (noun.tag_[:2] != "NN" and noun.i not in self._mention_at)
            or noun.lower_ in _ANAPHORIC_NOUNS
            or any(child.lower_ in _DEMONSTRATIVES for child in noun.children)
            or describes(noun, group.end)
            or any(noun.left_edge.i <= member.start <= noun.right_edge.i for member in group.members)
        )

    def _grammatical_subjects(self, token: Token, seen: frozenset[int] = frozenset()) -> list[Token]:
        """Return the grammatical subjects of a word or of its controllers, and theirs in turn ("an agent that ...")."""
        if token.i in seen:
            return []
        seen = seen | {token.i}
        own = [link.token for link in self._own_subjects(token)]
        further = own or [link.token for link in self._links.of("controller", token)]
        return own + [noun for word in further for noun in self._grammatical_subjects(word, seen)]

    def _own_subjects(self, token: Token) -> list[Link]:
        """Return the links to a word's own subjects, without doubtful ones of participles and relative clauses."""
        has_auxiliary = any(child.dep_ in ("aux", "auxpass") for child in token.children)
        return [
            link
            for link in self._links.of("subject", token)
            if not (link.frame.is_participle and has_auxiliary)
            and not (link.frame.is_relative and self._is_ambiguous(link.token, token))
        ]

    def verb(self, trigger: Trigger, head: Token) -> Iterator[Reading]:
        """Read "A inhibits B" and "B is inhibited by A"."""
        if is_passive(head):
            for agent, subjects in self._mentions_in_role("agent", head, "exposure"):
                for path, objects in self._logical_subjects(head):
                    yield _reading(trigger, subjects, objects, path, agent, is_passive=True)
                for link in self._own_subjects(head):
                    yield from self._stacked(trigger, subjects, link.token, _PASSIVE + _ids(agent))
            return
        for path, subjects in self._agents(head):
            for frame, objects in self._mentions_in_role("object", head, "complement"):
                yield _reading(trigger, subjects, objects, path, frame)
            for link in self._links.of("object", head):
                yield from self._stacked(trigger, subjects, link.token, _ids(path))

    def _agents(self, verb: Token) -> list[tuple[Path, Group]]:
        """Return the agents of an active verb; of one without a subject of its own, the drug that is used for it."""
        means = [] if self._own_subjects(verb) else list(self._mentions_in_role("means", verb, "exposure"))
        return [(path, group) for path, group in means if "drug" in group.types] or list(self._logical_subjects(verb))

    def phrase(self, trigger: Trigger, head: Token) -> Iterator[Reading]:
        """Read "A is indicated for B", where the phrase contains the verb and the preposition."""
        last = self._sentence.doc[trigger.end - 1]
        for path, subjects in self._logical_subjects(head):
            for frame, objects in self._mentions_in_role("object", last, "complement"):
                yield _reading(trigger, subjects, objects, path, frame)

    def reverse(self, trigger: Trigger, head: Token) -> Iterator[Reading]:
        """Read "B is seen with A" and, the other way round, the passive "A is complicated by B"."""
        if trigger.end - trigger.start == 1 and is_passive(head):
            for agent, objects in self._mentions_in_role("agent", head, "complement"):
                for path, subjects in self._logical_subjects(head):
                    yield _reading(trigger, subjects, objects, path, agent, is_passive=True)
            return
        last = self._sentence.doc[trigger.end - 1]
        for path, objects in self._logical_subjects(head):
            for frame, subjects in self._mentions_in_role("object", last, "exposure"):
                yield _reading(trigger, subjects, objects, path, frame)

    def noun(self, trigger: Trigger, head: Token) -> Iterator[Reading]:
        """Read "inhibition of B by A", "B inhibition", "A's inhibition of B", "A causes inhibition of B"."""
        subjects = list(self._mentions_in_role("agent", head, "exposure")) or list(self._logical_subjects(head))
        if head.tag_ == "NN" and subjects and subjects[0][0][0].names_one_thing:
            subjects = [(subjects[0][0], Group(subjects[0][1].members[:1]))]
        for path, group in subjects:
            for frame, objects in self._mentions_in_role("object", head, "complement"):
                if not path[0].is_beside or _adjoins(group, head, objects):
                    yield _reading(trigger, group, objects, path, frame)

    def link(self, trigger: Trigger, head: Token) -> Iterator[Reading]:
        """Read "A-induced B"."""
        for path, subjects in self._mentions_in_role("inducer", head, "exposure"):
            for _, objects in self._mentions_in_role("induced", head, "complement"):
                yield _reading(trigger, subjects, objects, path)

    def _stacked(self, outer: Trigger, subjects: Group, noun: Token, path: str) -> Iterator[Reading]:
        """Read "prevents the inhibition of B", with the product of the two directions."""
        inner = self._nouns_of_change.get(noun.i)
        if inner is None or (made := composed(outer, inner)) is None:
            return
        for frame, objects in self._mentions_in_role("object", noun, "complement"):
            frames = f"{path}/stacked-{_ids(frame)}"
            yield Reading(made, Arguments(subjects, objects), frames, is_stacked=True)

    def _logical_subjects(self, token: Token, seen: frozenset[int] = frozenset()) -> Iterator[tuple[Path, Group]]:
        """Yield the lists that a word is said of, its own subjects or those of its controllers, with the path there."""
        if token.i in seen or len(seen) > _MOST_CONTROLLERS:
            return
        seen = seen | {token.i}
        own = self._own_subjects(token)
        for link in own:
            groups = list(self._mentions_of(link, "exposure"))
            yield from groups
            if not groups and not link.token.tag_.startswith("PRP"):
                yield from (((link.frame,), group) for _, group in self._logical_subjects(link.token, seen))
        if not own:
            for link in self._links.of("controller", token):
                yield from (((link.frame,), group) for _, group in self._logical_subjects(link.token, seen))

    def _is_ambiguous(self, antecedent: Token, verb: Token) -> bool:
        """Whether a relative clause may belong to another word ("a complex with X that", "X, and Y, which")."""
        pronoun = next((child for child in verb.children if child.lower_ in RELATIVES), verb)
        if antecedent.dep_ == "pobj" and self._sentence.word_before(pronoun.i) not in ("", ","):
            return True
        mention = self._mention_at.get(antecedent.i)
        if mention is None:
            return False
        group = next(group for group in self._groups if mention in group.members)
        return any(
            other.start > group.end - 1 and other.end <= verb.i and other.types & group.types for other in self._groups
        )

    def _mentions_in_role(self, role: str, token: Token, through: str) -> Iterator[tuple[Path, Group]]:
        """Yield the lists that stand in a role to a word; `through` as in `_mentions_of`."""
        for link in self._links.of(role, token):
            yield from self._mentions_of(link, through)

    def _mentions_of(self, link: Link, through: str) -> Iterator[tuple[Path, Group]]:
        """Yield the lists that a word, and what is coordinated with it, stands for, with the path there.

        A word that is no mention stands for the mention in the role `through` to it: "exposure" of a subject
        ("treatment with A"), "complement" of an object ("the level of B"). A noun of change as subject stands for its
        agent.
        """
        first = self._mention_at.get(link.token.i)
        taken: set[FoundMention] = set()
        for word in (link.token, *coordinated(link.token)):
            mention = self._mention_at.get(word.i)
            if mention is None:
                is_change = through == "exposure" and word.i in self._nouns_of_change
                for further in self._links.of("agent" if is_change else through, word):
                    yield from (((link.frame, *path), group) for path, group in self._mentions_of(further, through))
            elif mention is not None and mention not in taken and mention.entity_type == (first or mention).entity_type:
                group = self._group_of(mention, word)
                taken.update(group.members)
                yield (link.frame,), group

    def _group_of(self, mention: FoundMention, head: Token) -> Group:
        """Return the list of a mention, reduced to the members that depend on a word in the parse."""
        whole = next(group for group in self._groups if mention in group.members)
        kept = [place for place, member in enumerate(whole.members) if member == mention or self._depends(member, head)]
        if len(whole.members) >= _LONG_LIST and 2 * len(kept) >= len(whole.members):
            return whole  # the parse has lost a member
        negated = frozenset(new for new, old in enumerate(kept) if old in whole.negated)
        return Group(tuple(whole.members[place] for place in kept), negated)

    def _depends(self, member: FoundMention, head: Token) -> bool:
        """Whether the head of a mention is a word or depends on it."""
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
    """Whether a list stands right beside a noun and its object, with a comma or bracket between at most."""
    first, last = min(noun.left_edge.i, objects.start), max(noun.i + 1, objects.end)
    return 0 <= first - group.end <= 1 or 0 <= group.start - last <= 1


def _is_tagged_as_expected(trigger: Trigger, head: Token) -> bool:
    return trigger.rule.frame != "verb" or head.tag_.startswith("VB")
