"""What a user can choose for the extraction; it is part of the version that stamps every row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractorOptions:
    """Choices of one run.

    `vocabulary` is a file of the user's own names, in the form of `data/supplement.tsv`; they go before the bundled
    ones. `linker` names a knowledge base of scispaCy's linker, such as "umls", that grounds the mentions instead of
    the bundled vocabulary. `models` are installed spaCy models, or folders of such, whose names go before the
    bundled one's, as do their tags and trees where these have the labels of spaCy's English models.
    """

    vocabulary: Path | None = None
    linker: str | None = None
    models: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Take a path as a string, and any iterable of models, too. Raises TypeError where `models` is one string."""
        if isinstance(self.models, str):
            raise TypeError(f"models is the string {self.models!r}; expected names in a tuple: ({self.models!r},)")
        object.__setattr__(self, "models", tuple(self.models))
        if self.vocabulary is not None:
            object.__setattr__(self, "vocabulary", Path(self.vocabulary))


DEFAULTS = ExtractorOptions()


class OptionError(ValueError):
    """What an option names cannot be used; the message says why, a line for each fault."""
