"""One side in a process of its own: `python -m linkers.processes SIDE FOLDER DOCUMENTS`, in this folder's parent.

It imports no more than its side needs: its memory is measured.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from extractors.linking.grounder import Grounder
from extractors.linking.vocabulary.lookup import Vocabulary

NEIGHBOURS = 30  # the default of scispaCy's EntityLinker
KNOWLEDGE_BASE_FILE = "knowledge_base.jsonl"


def serve(side: str, folder: Path, documents_file: Path) -> None:
    """Load a side, say how long that took; for every line on standard input run once, say how long; then say memory."""
    docs = json.loads(documents_file.read_text(encoding="utf-8"))
    start = time.perf_counter()
    if side == "peyer":
        vocabulary = Vocabulary(folder)
        vocabulary.concept(0)
    else:
        from scispacy.candidate_generation import CandidateGenerator, LinkerPaths
        from scispacy.linking_utils import KnowledgeBase

        aliases, vectorizer, index = LinkerPaths.from_directory(folder).load()
        generator = CandidateGenerator(index, vectorizer, aliases, KnowledgeBase(folder / KNOWLEDGE_BASE_FILE))
    print(time.perf_counter() - start, flush=True)

    names = [[(doc["text"][s:e], types) for s, e, types, _ in doc["mentions"]] for doc in docs]
    if side == "component":
        from scispacy.linking import EntityLinker

        component = EntityLinker(candidate_generator=generator, filter_for_definitions=False)
        spacy_docs = with_entities(docs)
    batch = [doc["defined"].get(name, name) for doc, each in zip(docs, names, strict=True) for name, _ in each]
    for _ in sys.stdin:
        start = time.perf_counter()
        if side == "peyer":
            grounder = Grounder(vocabulary)  # anew, so that no turn profits from the one before
            for doc, each in zip(docs, names, strict=True):
                for name, types in each:
                    grounder.ground(name, tuple(types), long_forms=doc["defined"])
        elif side == "component":
            for spacy_doc in spacy_docs:
                component(spacy_doc)
        else:
            generator(batch, NEIGHBOURS)
        print(time.perf_counter() - start, flush=True)
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    print(int(status.partition("VmHWM:")[2].split()[0]) / 1024, flush=True)


def with_entities(docs: Iterable[Mapping[str, Any]]) -> list[Any]:
    """Return spaCy's Docs with the gold mentions as entities and their long forms where scispaCy looks for them."""
    import spacy
    from spacy.tokens import Doc, Span
    from spacy.util import filter_spans

    Doc.set_extension("abbreviations", default=[])
    Span.set_extension("long_form", default=None)
    tokenize = spacy.blank("en")
    made = []
    for doc in docs:
        spacy_doc = tokenize(doc["text"])
        spans = [spacy_doc.char_span(s, e, label="X", alignment_mode="expand") for s, e, _, _ in doc["mentions"]]
        spacy_doc.ents = filter_spans(span for span in spans if span is not None)
        for entity in spacy_doc.ents:
            entity._.long_form = doc["defined"].get(entity.text)
        made.append(spacy_doc)
    return made


class Side:
    """A process that runs `serve`."""

    def __init__(self, side: str, folder: Path, documents_file: Path) -> None:
        command = [sys.executable, "-m", "linkers.processes", side, str(folder), str(documents_file)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent
        )
        self.load_seconds = self._answer()

    def _answer(self) -> float:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("a side of the comparison has ended; what it said stands above")
        return float(line)

    def run(self) -> float:
        """Go over all mentions once; return seconds."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._answer()

    def end(self) -> float:
        """Return the peak memory in MB."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        peak = self._answer()
        self._process.wait()
        return peak


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
