"""The bundled model, and peyer's pipeline over it, can be sent to a process that is spawned (macOS, Windows)."""

import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from places import ROOT
from spacy.tokens import Doc
from thinc.api import Model

from extractors.entities.external_models import BUNDLED
from extractors.linking.grounder import Grounder
from extractors.linking.vocabulary.entry import Entry, NameKind
from extractors.linking.vocabulary.lookup import Vocabulary, bundled_vocabulary
from extractors.pipeline import load_pipeline
from extractors.relations.classifier.pairs import bundled_pairs

pytestmark = pytest.mark.model

TEXT = "Tofacitinib (TOFA) inhibits JAK1/JAK3 in T cells. Gravotinib-induced zoster was seen in anti-TNF-treated mice."
SPAWNED = """
import multiprocessing, sys, warnings
warnings.filterwarnings("ignore")
import spacy
if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    nlp = spacy.load(sys.argv[1])
    for doc in nlp.pipe([sys.argv[2]] * 2, n_process=2):
        print([(ent.text, ent.label_) for ent in doc.ents], [(token.text, token.dep_) for token in doc])
"""


def read(doc: Doc) -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]:
    return [(ent.text, ent.label_) for ent in doc.ents], [(token.text, token.tag_, token.dep_) for token in doc]


def test_a_copy_of_the_model_reads_what_the_model_reads() -> None:
    model = spacy.load(BUNDLED)
    copy = pickle.loads(pickle.dumps(model))  # before it has seen a word
    assert read(copy(TEXT)) == read(model(TEXT))
    assert read(pickle.loads(pickle.dumps(model))(TEXT)) == read(model(TEXT))


def test_a_copy_of_the_pipeline_finds_what_the_pipeline_finds() -> None:
    nlp = load_pipeline()
    copied = pickle.loads(pickle.dumps(nlp))(TEXT)
    doc = nlp(TEXT)
    assert copied._.mentions == doc._.mentions
    assert copied._.relations == doc._.relations
    assert doc._.relations


def test_a_spawned_process_reads_the_same(tmp_path: Path) -> None:
    script = tmp_path / "spawned.py"
    script.write_text(SPAWNED, encoding="utf-8")
    command = [sys.executable, str(script), str(BUNDLED), TEXT]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    doc = spacy.load(BUNDLED)(TEXT)
    ents, tokens = [(ent.text, ent.label_) for ent in doc.ents], [(token.text, token.dep_) for token in doc]
    assert done.stdout.splitlines() == [f"{ents} {tokens}"] * 2


@pytest.mark.parametrize("bundled", [bundled_vocabulary, bundled_pairs])
def test_what_is_bundled_is_opened_again_and_not_copied(bundled: Callable[[], object]) -> None:
    stored = pickle.dumps(bundled())
    assert len(stored) < 500
    assert pickle.loads(stored) is bundled()


def test_the_finder_of_mentions_holds_no_vocabulary() -> None:
    assert len(pickle.dumps(load_pipeline().get_pipe("mention_finder"))) < 50_000


def test_names_of_the_users_are_copied() -> None:
    entry = Entry("PEYER:own", "drug", "small_molecule", "gravotinib", names={"gravotinib": NameKind.EXACT})
    copy = pickle.loads(pickle.dumps(Grounder(Vocabulary(added=[entry]))))
    assert copy.vocabulary.concept(copy.ground("gravotinib", ("drug",)).concept_no).concept_id == "PEYER:own"


def test_a_copied_layer_remembers_nothing() -> None:
    model = spacy.load(BUNDLED)
    before = len(pickle.dumps(model.get_pipe("tok2vec")))
    model(TEXT)
    tok2vec: Any = model.get_pipe("tok2vec")
    assert isinstance(tok2vec.model, Model)
    assert len(pickle.dumps(tok2vec)) < before + 100_000
