"""The network of the statement reader as PyTorch trains it; `relations/statement_reader/network.py` runs its weights.

Only training imports this module, so nothing that a user runs needs PyTorch.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from extractors.development.training.statement_examples import IGNORED, Example
from extractors.relations.statement_reader.inputs import (
    IS_CARRIED,
    POSITIONS,
    PREDICATES,
    STEMS,
    WIDTH,
    Floats,
)
from extractors.relations.statement_reader.network import HEADS, places, span_tokens

logger = logging.getLogger(__name__)

_EMBEDDED = {"tag": 16, "dep": 16, "mention": 16, "second": 8, "stem": 48}
_ATTENTION = 128
_HIDDEN = 256
_MENTIONS, _SECOND = 9, 5
_FLAGS_WEIGHT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What training can vary: the width of a layer, how many layers, epochs, texts in a batch, and how it learns."""

    width: int = 224
    layers: int = 2
    epochs: int = 7
    texts: int = 4
    rate: float = 2e-3
    decay: float = 0.02
    dropout: float = 0.35
    carried: float = 0.25
    """Share of the unrelated pairs with a carried subject that is learnt from in each epoch."""
    seed: int = 2


class Recurrence(nn.Module):  # type: ignore[misc]
    """A layer of simple recurrent units in both directions."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.half = width // 2
        self.gates = nn.Linear(width, 3 * width)
        self.norm = nn.LayerNorm(width)
        self.dropout = nn.Dropout(dropout)
        with torch.no_grad():  # from forgetting at once to remembering for long
            self.gates.bias[width : 2 * width] = torch.linspace(-1, 2.5, self.half).repeat(2)

    def forward(self, states: Tensor, ahead: Tensor, back: Tensor, is_token: Tensor) -> Tensor:
        half = self.half
        new, forget, reset = self.gates(self.dropout(states)).split(2 * half, dim=1)
        forget, reset = forget.sigmoid(), reset.sigmoid()
        added = (1 - forget) * new

        def steps(values: Tensor) -> Tensor:
            both = [values[:, :half].index_select(0, ahead.view(-1)), values[:, half:].index_select(0, back.view(-1))]
            return torch.cat(both, dim=1).view(*ahead.shape, -1)

        kept, more = steps(forget), steps(added)
        cell = torch.zeros_like(more[:, 0])
        cells = []
        for keep, add in zip(kept.unbind(1), more.unbind(1), strict=True):
            cell = torch.addcmul(add, keep, cell)
            cells.append(cell)
        stacked = torch.stack(cells, dim=1)[is_token]
        memory = torch.cat(
            [
                torch.zeros_like(new[:, :half]).index_copy(0, ahead[is_token], stacked[:, :half]),
                torch.zeros_like(new[:, half:]).index_copy(0, back[is_token], stacked[:, half:]),
            ],
            dim=1,
        )
        return self.norm(reset * memory.tanh() + (1 - reset) * states)


class StatementNetwork(nn.Module):  # type: ignore[misc]
    """The network; `tags` and `deps`: how many numbers there are of each, with 0."""

    def __init__(self, vectors: int, tags: int, deps: int, settings: Settings) -> None:
        super().__init__()
        width = settings.width
        sizes = {"tag": tags, "dep": deps, "mention": _MENTIONS, "second": _SECOND, "stem": STEMS}
        for name, size in sizes.items():
            self.add_module(name, nn.Embedding(size, _EMBEDDED[name]))
        self.input = nn.Linear(vectors + sum(_EMBEDDED.values()), width)
        self.norm = nn.LayerNorm(width)
        self.rnn = nn.ModuleList(
            Recurrence(width, settings.dropout if layer else 0.0) for layer in range(settings.layers)
        )
        self.keys = nn.Linear(width, _ATTENTION, bias=False)
        self.values = nn.Linear(width, _ATTENTION)
        self.pooled = nn.Linear(width, _ATTENTION)
        self.query = nn.Linear(2 * width + WIDTH, _ATTENTION)
        self.position = nn.Embedding(3 * POSITIONS, _ATTENTION)
        self.hidden = nn.Linear(2 * width + 3 * _ATTENTION + WIDTH, _HIDDEN)
        self.predicates = nn.Linear(_HIDDEN, len(PREDICATES))
        self.flags = nn.Linear(_HIDDEN, 2)
        self.dropout = nn.Dropout(settings.dropout)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Return the scores of predicates and flags for every pair of the batch."""
        embedded = [getattr(self, name)(numbers) for name, numbers in batch.numbers.items()]
        states = self.dropout(torch.cat([batch.vectors, *embedded], dim=1))
        states = self.norm(functional.gelu(self.input(states), approximate="tanh"))
        for layer in self.rnn:
            states = layer(states, batch.ahead, batch.back, batch.is_token)
        states = self.dropout(states)
        keys, values, pooled = self.keys(states), self.values(states), self.pooled(states)
        subjects, objects = (
            states.index_select(0, spans.reshape(-1)).view(*spans.shape, -1).amax(1)
            for spans in (batch.subjects, batch.objects)
        )
        query = self.query(torch.cat([subjects, objects, batch.known], dim=1))
        size = _ATTENTION // HEADS
        heads = query.view(-1, HEADS, size).transpose(0, 1)
        bias = heads @ self.position.weight.view(-1, HEADS, size).permute(1, 2, 0)
        seen, means = [], []
        for part in batch.sentences:
            tokens, rows = slice(part.start, part.start + part.count), slice(part.row, part.row + part.pairs)
            by_head = keys[tokens].view(-1, HEADS, size).permute(1, 2, 0)
            place = torch.gather(bias[:, rows], 2, part.positions.expand(HEADS, -1, -1))
            attention = ((heads[:, rows] @ by_head + place) / size**0.5).softmax(-1)
            found = attention @ values[tokens].view(-1, HEADS, size).transpose(0, 1)
            seen.append(found.transpose(0, 1).reshape(part.pairs, -1))
            means.append(torch.cat([part.between @ pooled[tokens], part.on_path @ pooled[tokens]], dim=1))
        joined = torch.cat([subjects, objects, torch.cat(means), torch.cat(seen), batch.known], dim=1)
        hidden = self.dropout(functional.gelu(self.hidden(self.dropout(joined)), approximate="tanh"))
        return self.predicates(hidden).masked_fill(~batch.legal, -1e4), self.flags(hidden)

    def weights(self) -> dict[str, Floats]:
        """Return the weights by name, as the running network reads them."""
        return {name: value.detach().numpy() for name, value in self.state_dict().items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The pairs of one sentence in a batch: its tokens from `start` on, its pairs from `row` on."""

    start: int
    count: int
    row: int
    pairs: int
    positions: Tensor
    between: Tensor
    """Weights of the tokens between the names, which add up to 1."""
    on_path: Tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Several texts as one: tokens one behind the other, then pairs."""

    vectors: Tensor
    numbers: dict[str, Tensor]
    ahead: Tensor
    back: Tensor
    is_token: Tensor
    subjects: Tensor
    objects: Tensor
    known: Tensor
    legal: Tensor
    sentences: list[Part]
    labels: Tensor
    flags: Tensor


def batch_of(chosen: Sequence[Example], keep: float = 1.0) -> Batch:
    """Return a batch of texts; of the unrelated pairs with a carried subject the share `keep` is taken, at random."""
    offsets = np.cumsum([0, *(len(example.tokens.tags) for example in chosen)])
    sentences = [
        (offset + start, offset + end)
        for offset, example in zip(offsets, chosen, strict=False)
        for start, end in example.tokens.sentences
    ]
    ahead, back = places(sentences)
    parts: list[Part] = []
    columns: dict[str, list[Floats]] = {
        name: [] for name in ("subjects", "objects", "known", "legal", "labels", "flags")
    }
    row = 0
    for offset, example in zip(offsets, chosen, strict=False):
        for pairs, labels, flags in zip(example.pairs, example.labels, example.flags, strict=True):
            is_kept = labels != IGNORED
            if keep < 1.0:
                is_carried = pairs.known[:, IS_CARRIED] > 0
                is_kept &= (labels > 0) | ~is_carried | (np.random.random(len(labels)) < keep)
            count = int(is_kept.sum())
            if not count:
                continue
            between, on_path = (
                torch.from_numpy(mask[is_kept] / mask[is_kept].sum(axis=1, keepdims=True)).float()
                for mask in (pairs.between, pairs.on_path)
            )
            parts.append(
                Part(
                    start=int(offset + pairs.start),
                    count=pairs.count,
                    row=row,
                    pairs=count,
                    positions=torch.from_numpy(pairs.positions[is_kept]),
                    between=between,
                    on_path=on_path,
                )
            )
            row += count
            columns["subjects"].append(span_tokens(pairs.subjects[is_kept]) + offset)
            columns["objects"].append(span_tokens(pairs.objects[is_kept]) + offset)
            columns["known"].append(pairs.known[is_kept])
            columns["legal"].append(pairs.legal[is_kept])
            columns["labels"].append(labels[is_kept])
            columns["flags"].append(flags[is_kept].astype(np.float32))
    joined = {name: torch.from_numpy(np.concatenate(values)) for name, values in columns.items()}
    tokens = [example.tokens for example in chosen]

    def numbers(name: str) -> Tensor:
        return torch.from_numpy(np.concatenate([getattr(each, name) for each in tokens]))

    return Batch(
        vectors=torch.from_numpy(np.concatenate([each.vectors for each in tokens]).astype(np.float32)),
        numbers={
            "tag": numbers("tags"),
            "dep": numbers("deps"),
            "mention": numbers("mentions"),
            "second": numbers("second_types"),
            "stem": numbers("stems"),
        },
        ahead=torch.from_numpy(ahead).clamp(min=0),
        back=torch.from_numpy(back).clamp(min=0),
        is_token=torch.from_numpy(ahead >= 0),
        sentences=parts,
        **joined,
    )


def train(examples: Sequence[Example], tags: int, deps: int, settings: Settings) -> StatementNetwork:
    """Train a network; the result depends on the examples, their order and the settings alone."""
    for seeded in (torch.manual_seed, random.seed, np.random.seed):
        seeded(settings.seed)
    network = StatementNetwork(examples[0].tokens.vectors.shape[1], tags, deps, settings)
    optimizer = torch.optim.AdamW(network.parameters(), settings.rate, weight_decay=settings.decay)
    steps = settings.epochs * -(-len(examples) // settings.texts)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, settings.rate, total_steps=steps, pct_start=0.1)
    order = list(examples)
    for epoch in range(settings.epochs):
        network.train()
        random.shuffle(order)
        total, count = 0.0, 0
        for at in range(0, len(order), settings.texts):
            batch = batch_of(order[at : at + settings.texts], settings.carried)
            scores, flags = network(batch)
            stated = functional.cross_entropy(scores, batch.labels, reduction="sum")
            is_stated = (batch.labels > 0)[:, None]
            marked = functional.binary_cross_entropy_with_logits(flags, batch.flags, reduction="none")
            loss = (stated + _FLAGS_WEIGHT * (marked * is_stated).sum()) / len(batch.labels)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, count = total + stated.item(), count + len(batch.labels)
        logger.info("epoch %d of %d: loss %.4f", epoch + 1, settings.epochs, total / count)
    network.eval()
    return network
