"""What a cohort adds up to, counted person by person, so that memory does not grow with their number."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pathfinder.report.cohort_record import Record

MOST_NAMED = 20
"""So many people are named in any one list of the summary, at most."""


@dataclass
class Named:
    """Some of the people of whom something holds, in order, and how many there are in all."""

    count: int = 0
    records: list[Record] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """One more; the first ones are kept."""
        self.count += 1
        if len(self.records) < MOST_NAMED:
            self.records.append(record)


@dataclass
class Nearest(Named):
    """The same with those kept whose margin is smallest, smallest first."""

    def add(self, record: Record) -> None:
        """One more; among equals the first ones are kept."""
        self.count += 1
        insort(self.records, record, key=lambda one: one.margin)
        del self.records[MOST_NAMED:]


@dataclass
class Asking:
    """A question whose answer is worth something to some people: how many, and how many points better all their
    choices together are expected to be with it."""

    people: int = 0
    worth: float = 0.0


@dataclass
class Tally:
    """A cohort in figures. `verdicts` counts (verdict, path), where path is None if none is named."""

    people: int = 0
    failed: int = 0
    verdicts: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    settled: int = 0
    close: Nearest = field(default_factory=Nearest)
    unsettled: Named = field(default_factory=Named)
    none_fits: Named = field(default_factory=Named)
    outside: dict[str, Named] = field(default_factory=dict)
    blocked: Counter[str] = field(default_factory=Counter)
    tensions: dict[str, Named] = field(default_factory=dict)
    torn: int = 0
    asking: dict[str, Asking] = field(default_factory=dict)
    tests: Counter[str] = field(default_factory=Counter)

    def add(self, record: Record) -> None:
        """Count one person."""
        self.people += 1
        self.verdicts[record.verdict, record.path] += 1
        self.settled += record.settled
        self.blocked.update(record.blocked)
        self.tests.update(record.find_out_next)
        self.torn += bool(record.tensions)
        _add(self.tensions, record.tensions, record)
        match record.verdict:
            case "close":
                self.close.add(record)
            case "unsettled":
                self.unsettled.add(record)
            case "none_fits":
                self.none_fits.add(record)
            case "outside":
                _add(self.outside, record.places, record)
        for question, worth in record.worth:
            found = self.asking.setdefault(question, Asking())
            found.people += 1
            found.worth += worth


def _add(groups: dict[str, Named], keys: Iterable[str], record: Record) -> None:
    for key in keys:
        groups.setdefault(key, Named()).add(record)
