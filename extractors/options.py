"""Options of the extraction. They are part of the version that stamps every row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractorOptions:
    """The options of one run.

    `vocabulary` is a file of the user's names, in the format of `data/linking/supplement.tsv`; they take precedence
    over the bundled ones. `linker` names a knowledge base of scispaCy's linker, such as "umls", that grounds the
    mentions instead of the bundled vocabulary. `models` are installed spaCy models, or folders with such, whose names
    take precedence over those of the bundled model, as do their tags and trees if they use the labels of spaCy's
    English models.
    """

    vocabulary: Path | None = None
    linker: str | None = None
    models: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Accept a path as a string and any iterable of models too. Raises TypeError if `models` is one string."""
        if isinstance(self.models, str):
            raise TypeError(f"models is the string {self.models!r}; expected names in a tuple: ({self.models!r},)")
        object.__setattr__(self, "models", tuple(self.models))
        if self.vocabulary is not None:
            object.__setattr__(self, "vocabulary", Path(self.vocabulary))


DEFAULTS = ExtractorOptions()


class OptionError(ValueError):
    """An option names something that cannot be used; the message says why, with a line for each problem."""
