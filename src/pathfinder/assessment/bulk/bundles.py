"""Arguments and gates that look at much the same questions, bundled into one table, so that few look-ups score a sheet.

A bundle has a pattern for every combination of the answers that any of its parts tells apart. What its parts come to
together for a pattern is put together from their own tables when it first occurs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from struct import Struct as Layout

from msgspec import Struct

from pathfinder.assessment.scoring.counts import Tables
from pathfinder.assessment.scoring.scorer import RuleScore
from pathfinder.assessment.scoring.tables import Argument, Truth

MOST_PATTERNS = 1 << 12
"""Parts are bundled as long as they have no more patterns together. With more, a sheet would take fewer look-ups, but
more of its patterns would occur for the first time."""

MOST_PLACES = 1 << 14
"""A part that has more patterns by itself is in no bundle."""

MOST_BEGUN = 40
"""So many bundles are open to more parts at a time."""

MILLION = 1_000_000
LANE = 64
"""Bits of a packed number that hold the millionths of a path's points."""

HALF = 1 << LANE - 1


class Part(Struct, frozen=True, eq=False):
    """An argument, with the packed number in which each path that it is on has a 1; or a gate, with its path and id."""

    table: Argument | Truth
    on: int = 0
    gate: tuple[str, str] | None = None


class Together(Struct, frozen=True):
    """What some parts come to together: the points of all paths in one packed number, the arguments that have something
    to say, and the gates that close, each with its path before it."""

    packed: int
    scores: tuple[RuleScore, ...]
    shut: tuple[tuple[str, str], ...]


class Lanes:
    """Reads packed numbers of so many paths."""

    def __init__(self, paths: int) -> None:
        self._layout = Layout(f"<{paths}Q")
        self._start = sum([HALF << LANE * place for place in range(paths)])

    def points(self, packed: int) -> tuple[float, ...]:
        """The points of each path."""
        lanes = self._layout.unpack((packed + self._start).to_bytes(self._layout.size, "little"))
        return tuple([(lane - HALF) / MILLION for lane in lanes])


class Bundle(dict[int, Together]):
    """What some parts come to together, by the place of a pattern, as far as patterns have occurred.

    `steps[question][code]` is what an answer adds to the place; an open answer adds nothing.
    """

    def __init__(self, parts: Sequence[Part], kinds: Mapping[str, Sequence[int]]) -> None:
        super().__init__()
        self.parts = parts
        self.steps: dict[str, tuple[int, ...]] = {}
        self._firsts: dict[str, list[int]] = {}
        size = 1
        for question, told_apart in kinds.items():
            self.steps[question] = tuple([kind * size for kind in told_apart])
            self._firsts[question] = [told_apart.index(kind) for kind in range(max(told_apart) + 1)]
            size *= len(self._firsts[question])

    def __missing__(self, place: int) -> Together:
        rest, codes = place, {}
        for question, firsts in self._firsts.items():
            rest, kind = divmod(rest, len(firsts))
            codes[question] = firsts[kind]
        tables = [part.table for part in self.parts]
        places = [sum([steps[codes[question]] for question, steps in table.steps.items()]) for table in tables]
        found = together(self.parts, [table.at(one) for table, one in zip(tables, places, strict=True)])
        self[place] = found
        return found


def parts_of(tables: Tables) -> list[Part]:
    """The arguments and gates of a rule base."""
    base = tables.base
    lanes = {path: 1 << LANE * place for place, path in enumerate(base.path)}
    ids = [gate.id for path in base.paths for gate in path.gates]
    return [
        *(Part(tables.argument(rule), sum([lanes[path] for path in base.paths_of(rule)])) for rule in base.rules),
        *(Part(gate, gate=(path, one)) for (path, gate), one in zip(tables.gates, ids, strict=True)),
    ]


def together(parts: Iterable[Part], come_to: Iterable[RuleScore | bool | None]) -> Together:
    """What parts come to together, from what each of them does."""
    packed, scores, shut = 0, [], []
    for part, found in zip(parts, come_to, strict=True):
        if isinstance(found, RuleScore):
            packed += part.on * round(found.points * MILLION)
            if found.fired or found.void or found.open:
                scores.append(found)
        elif found and part.gate is not None:
            shut.append(part.gate)
    return Together(packed, tuple(scores), tuple(shut))


def bundled(parts: Iterable[Part]) -> tuple[list[Bundle], list[Part]]:
    """All parts in bundles, and those with too many patterns for one.

    The largest part comes first, and each goes where it adds fewest patterns; only the last `MOST_BEGUN` bundles are
    looked at, so that the time grows no faster than the base.
    """
    sized = [(part, _Begun().size_with(part.table.steps)) for part in parts]
    begun: list[_Begun] = []
    for part, size in sorted(sized, key=lambda one: -one[1]):
        if size > MOST_PLACES:
            continue
        fitting = [
            (larger / one.size, place)
            for place, one in enumerate(begun[-MOST_BEGUN:], start=max(0, len(begun) - MOST_BEGUN))
            if (larger := one.size_with(part.table.steps)) <= MOST_PATTERNS
        ]
        if not fitting:
            begun.append(_Begun())
        begun[min(fitting)[1] if fitting else -1].add(part)
    return [Bundle(one.parts, one.kinds) for one in begun], [part for part, size in sized if size > MOST_PLACES]


class _Begun:
    """A bundle that is being put together: its parts, the kind of each code of each question, as numbers, and how many
    patterns there are."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.kinds: dict[str, tuple[int, ...]] = {}
        self.size = 1

    def size_with(self, steps: Mapping[str, Sequence[int]]) -> int:
        """How many patterns there would be with one more part."""
        size = self.size
        for question, own in steps.items():
            kinds = self.kinds.get(question)
            before = 1 if kinds is None else max(kinds) + 1
            after = len(set(own) if kinds is None else set(zip(kinds, own, strict=True)))
            size = size // before * after
        return size

    def add(self, part: Part) -> None:
        """Add a part."""
        steps = part.table.steps
        self.size = self.size_with(steps)
        for question, own in steps.items():
            kinds = self.kinds.get(question)
            self.kinds[question] = _numbered(own if kinds is None else tuple(zip(kinds, own, strict=True)))
        self.parts.append(part)


def _numbered(kinds: Sequence[object]) -> tuple[int, ...]:
    """The kinds as numbers, by when they first stand there: an open answer is 0."""
    numbers: dict[object, int] = {}
    return tuple([numbers.setdefault(kind, len(numbers)) for kind in kinds])
