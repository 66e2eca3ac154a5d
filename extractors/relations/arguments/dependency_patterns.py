"""The dependency patterns, read from `data/relations/dependency_patterns.jsonl` and checked, and what they match.

A pattern, or frame, is a path of the parse between two words, whatever the words are; triggers, predicates and scores
come from the relation rules. The file has one JSON object a line:

- `id`: the construction; a relation that it found is named "rule/frame";
- `pattern`: what spaCy's DependencyMatcher takes. The node `trigger` is the word that the path starts at, and the nodes
  named in ROLES are what it leads to; any other node only lies on the path;
- `rule`: of a frame that is a statement by itself, the relation rule that gives predicate and score; such a frame has
  the nodes `subject` and `object`;
- properties of the construction that its reading depends on, each true or absent: `is_participle` and `is_relative`
  (the clause that the subject is the head of), `names_one_thing` ("an inhibitor, A" names one thing, whatever list
  follows), `is_beside` (at most a comma or a bracket stands between the name and its description), `needs_risk`
  (a statement only where a risk is raised);
- `fires_on`, `silent_on`: a sentence in which the path leads from one mention to another, and one in which it does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from spacy.matcher import DependencyMatcher
from spacy.tokens import Span, Token
from spacy.vocab import Vocab

from extractors.data import data_file
from extractors.relations.rules import RuleError, json_lines, read_relation_rules

PATTERNS_FILE = data_file("relations/dependency_patterns.jsonl")

ROLES: dict[str, str] = {
    "subject": "the grammatical subject, or the noun that a description is said of",
    "object": "the grammatical object, also of a preposition",
    "agent": "the agent of a passive or of a noun of change (by X)",
    "means": "what is used to do what the trigger says (with X)",
    "inducer": "the cause in a compound (X-induced Y)",
    "induced": "the effect in such a compound",
    "controller": "the word whose subject the trigger shares, having none of its own",
    "exposure": "the drug, where the trigger is a subject (treatment with X)",
    "complement": "what the trigger is an aspect of, where it is an object (the level of X)",
}
"""Role -> what a node of that name is to the trigger."""

_REQUIRED = {"id", "pattern", "fires_on", "silent_on"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One frame; the module's docstring explains the fields."""

    id: str
    pattern: list[dict[str, Any]]
    fires_on: str
    silent_on: str
    rule: str = ""
    is_participle: bool = False
    is_relative: bool = False
    names_one_thing: bool = False
    is_beside: bool = False
    needs_risk: bool = False

    @property
    def nodes(self) -> list[str]:
        """The names of the pattern's nodes, in the order of a match."""
        return [node["RIGHT_ID"] for node in self.pattern]


def read_frames(path: Path = PATTERNS_FILE) -> list[Frame]:
    """Read and check the frames. Raises RuleError with file, line, what came and what is allowed."""
    frames: dict[str, Frame] = {}
    rules = {rule.id for rule in read_relation_rules()}
    for place, raw in json_lines(path):
        if not _REQUIRED <= set(raw) <= set(Frame.__slots__):
            optional = sorted(set(Frame.__slots__) - _REQUIRED)
            raise RuleError(
                f"{place}: has {', '.join(sorted(raw))}; expected {', '.join(sorted(_REQUIRED))}, and any of "
                f"{', '.join(optional)}"
            )
        frame = Frame(**raw)
        if frame.id in frames:
            raise RuleError(f"{place}: frame {frame.id!r} stands twice; give each frame its own id")
        if "trigger" not in frame.nodes or ROLES.keys().isdisjoint(frame.nodes):
            raise RuleError(
                f"{place}: frame {frame.id!r} has nodes {', '.join(frame.nodes)}; "
                f"expected trigger and one or more of {', '.join(ROLES)}"
            )
        if frame.rule and (frame.rule not in rules or not {"subject", "object"} <= set(frame.nodes)):
            raise RuleError(
                f"{place}: frame {frame.id!r} has rule {frame.rule!r} and nodes {', '.join(frame.nodes)}; "
                "expected the id of a relation rule, and nodes subject and object"
            )
        frames[frame.id] = frame
    return list(frames.values())


class Link(NamedTuple):
    """The word that a frame leads to."""

    frame: Frame
    token: Token


class Whole(NamedTuple):
    """A match of a frame that is a statement by itself; `trigger`, `subject` and `object` are its nodes."""

    frame: Frame
    trigger: Token
    subject: Token
    object: Token


class Links:
    """The links from the words of one sentence, by role."""

    def __init__(self, matches: Iterable[tuple[Frame, dict[str, Token]]]) -> None:
        self._from: defaultdict[tuple[str, int], list[Link]] = defaultdict(list)
        self.whole: list[Whole] = []
        for frame, at in matches:
            if frame.rule:
                self.whole.append(Whole(frame, at["trigger"], at["subject"], at["object"]))
                continue
            for role in ROLES.keys() & at.keys():
                self._from[role, at["trigger"].i].append(Link(frame, at[role]))

    def of(self, role: str, token: Token) -> list[Link]:
        """Return the links to what stands in a role to a word, in reading order."""
        return sorted(self._from.get((role, token.i), []), key=lambda link: link.token.i)


class DependencyFrames:
    """Matches the frames in parsed sentences."""

    def __init__(self, vocab: Vocab, frames: Sequence[Frame]) -> None:
        self._frames = {vocab.strings.add(frame.id): frame for frame in frames}
        self._parts, self._whole = DependencyMatcher(vocab), DependencyMatcher(vocab)
        for frame in frames:
            (self._whole if frame.rule else self._parts).add(frame.id, [frame.pattern])

    def links(self, sentence: Span, *, names_harm: bool) -> Links:
        """Return the links of a parsed sentence.

        Frames that are statements by themselves are matched only where `names_harm`: the sentence names a drug, and a
        disease or an effect.
        """
        copy = sentence.as_doc()  # given the Span, a matcher would copy all that the Doc holds
        found = self._parts(copy) + (self._whole(copy) if names_harm else [])
        return Links((self._frames[number], self._nodes(number, places, sentence)) for number, places in found)

    def _nodes(self, number: int, places: Sequence[int], sentence: Span) -> dict[str, Token]:
        names = self._frames[number].nodes
        return {name: sentence[place] for name, place in zip(names, places, strict=True)}
