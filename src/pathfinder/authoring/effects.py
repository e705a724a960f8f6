"""For whom the verdict differs between two rule bases, and because of which change.

A change is held responsible for a person's flip if undoing it alone, in the new base, gives back the old verdict.
Where no single change does, several did it together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.completions.completing import compared
from pathfinder.assessment.results.assessment import VerdictKind
from pathfinder.authoring.diff import PartChange, changes
from pathfinder.authoring.population import person, plausible_people, verdicts
from pathfinder.authoring.standing import Bench
from pathfinder.authoring.tables import members
from pathfinder.authoring.undoing import undo
from pathfinder.rulebase.columns import Frame
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.cases import KnownCase

EXAMPLES = 5
"""So many people of a population are shown for each way in which verdicts flip, at most."""


@dataclass(frozen=True)
class Outcome:
    """A verdict: its kind, and which path ranks first (None for `none_fits` and `outside`)."""

    kind: VerdictKind
    path: str | None


@dataclass(frozen=True)
class CaseFlip:
    """A case whose verdict changes kind or path; `because` holds the ids of the changes that each did it."""

    case: str
    file: str
    before: Outcome
    after: Outcome
    because: tuple[str, ...]


@dataclass(frozen=True)
class Stream:
    """The people of a population who go from one verdict to another, as a share of everybody (0 to 1).

    `because` gives, for each change that did it for some of them, for what share of everybody. `examples` are
    some of them, fully answered.
    """

    before: Outcome
    after: Outcome
    share: float
    because: Mapping[str, float]
    together: float
    examples: tuple[AnswerSheet, ...]


@dataclass(frozen=True)
class Effects:
    """What the changes do. `cases` is the number tried, `size` and `seed` those of the population (0 without one)."""

    changes: tuple[PartChange, ...]
    cases: int
    flips: tuple[CaseFlip, ...]
    size: int
    seed: int
    streams: tuple[Stream, ...]

    @property
    def moved(self) -> float:
        """The share of the population whose verdict changes."""
        return sum(stream.share for stream in self.streams)


def effects(old: RuleBase, new: RuleBase, cases: Sequence[KnownCase] = (), size: int = 0, seed: int = 1) -> Effects:
    """Compare two rule bases on known people and on `size` plausible people of the new one."""
    pair = _Pair(old, new)
    flips = tuple(flip for case in cases if (flip := pair.flip(case)) is not None)
    streams = pair.streams(size, seed) if size else ()
    return Effects(pair.changes, len(cases), flips, size, seed, streams)


class _Pair:
    """Two rule bases, and the new one with each of its changes undone."""

    def __init__(self, old: RuleBase, new: RuleBase) -> None:
        self.old, self.new = old, new
        self.changes = changes(old, new)
        self._benches = (Bench(old), Bench(new))

    @cached_property
    def undone(self) -> dict[str, RuleBase]:
        """The new base without one change, by the change's id, for every change that can move a verdict."""
        found = ((change.id, undo(self.old, self.new, change)) for change in self.changes)
        return {key: base for key, base in found if base is not None}

    @cached_property
    def _undone_benches(self) -> dict[str, Bench]:
        return {key: Bench(base) for key, base in self.undone.items()}

    def flip(self, case: KnownCase) -> CaseFlip | None:
        """What becomes of one case; None where its verdict stays."""
        sheets = [_sheet(base, case) for base in (self.old, self.new)]
        before, after = (_outcome(bench, sheet) for bench, sheet in zip(self._benches, sheets, strict=True))
        if before == after:
            return None
        because = tuple(key for key, bench in self._undone_benches.items() if _outcome(bench, sheets[1]) == before)
        return CaseFlip(case.person.id, case.file, before, after, because)

    def streams(self, size: int, seed: int) -> tuple[Stream, ...]:
        """What becomes of a population, the broadest stream first."""
        frame = plausible_people(self.new, size, seed, also=[self.old])
        before, after = _outcomes(self.old, frame), _outcomes(self.new, frame)
        kept = {key: _alike(before, _outcomes(base, frame)) for key, base in self.undone.items()}
        found = []
        for one, some in before.items():
            for other, others in after.items():
                moved = some & others
                if one != other and moved:
                    found.append(self._stream(frame, one, other, moved, kept))
        return tuple(sorted(found, key=lambda stream: -stream.share))

    def _stream(self, frame: Frame, before: Outcome, after: Outcome, moved: int, kept: Mapping[str, int]) -> Stream:
        because = {key: (people & moved).bit_count() / frame.size for key, people in kept.items() if people & moved}
        left = moved
        for people in kept.values():
            left &= ~people
        chosen = [place for place, _ in zip(members(moved), range(EXAMPLES), strict=False)]
        return Stream(
            before,
            after,
            moved.bit_count() / frame.size,
            dict(sorted(because.items(), key=lambda item: (-item[1], item[0]))),
            left.bit_count() / frame.size,
            tuple(person(self.new, frame, place) for place in chosen),
        )


def _sheet(base: RuleBase, case: KnownCase) -> AnswerSheet:
    """What a rule base can read of a case's answers."""
    return validate_sheet({"answers": case.person.answers}, base.questions)[0]


def _outcome(bench: Bench, sheet: AnswerSheet) -> Outcome:
    standing = bench.standing(sheet)
    named = standing.kind not in ("none_fits", "outside")
    return Outcome(standing.kind, standing.top.id if named else None)


def _outcomes(base: RuleBase, frame: Frame) -> dict[Outcome, int]:
    """Who of a population gets which verdict on a rule base."""
    own = Frame(frame.size, frame.answers, base.relevance)
    found = verdicts(base, compared(base, own))
    kinds: tuple[VerdictKind, ...] = ("clear", "close")
    outcomes = {
        Outcome(kind, path): people & found.kinds[kind] for kind in kinds for path, people in found.names.items()
    }
    rest: tuple[VerdictKind, ...] = ("none_fits", "outside")
    return {**outcomes, **{Outcome(kind, None): found.kinds[kind] for kind in rest}}


def _alike(one: Mapping[Outcome, int], other: Mapping[Outcome, int]) -> int:
    """The people who get the same verdict in both."""
    found = 0
    for outcome, people in one.items():
        found |= people & other.get(outcome, 0)
    return found
