"""Many people's answers as columns of codes, some thousands of people at a time, so that memory stays flat.

Whoever has no place in a column comes apart: their answers are uncertain, weigh the criteria otherwise, or cannot be
used. What is wrong is told as `store/people.py` tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, compress, islice
from pathlib import Path

from pathfinder.answers.validation import AnswerError
from pathfinder.answers.written import parse_cell
from pathfinder.assessment.bulk.coded import APART, OPEN, Coder, Column
from pathfinder.assessment.scoring.cellbook import all_checks
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.questions import Question
from pathfinder.store.people import People, Seen, Source, met_before, nobody, open_source
from pathfinder.store.person import PLAIN_ID, Person, read_id
from pathfinder.store.records import Record
from pathfinder.store.table import ID, UNNAMED, Table

MOST = 1 << 14
"""People of a crowd."""

MOST_APART = 1 << 9
"""A crowd ends where so many of its people come apart: their sheets take far more memory than columns do."""

ROWS = 128
"""Rows that are read together, column by column: few, as one that has to be looked at by itself slows all of them."""

MOST_KEPT = 1000
"""So many ways to write an answer to one question are remembered."""


@dataclass
class Crowd:
    """People who follow one another in an input: their ids, and a column of answers for each question.

    `apart` are those to be looked at one by one, by their place; the columns hold the others, in order.
    """

    ids: list[str] = field(default_factory=list)
    columns: dict[str, Column] = field(default_factory=dict)
    apart: dict[int, Person] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many people the columns hold."""
        return len(self.ids) - len(self.apart)


class Crowds:
    """An input that can be gone through once, with `notices` about it as a whole.

    Raises `InputError` where the input as a whole cannot be used, at once or, when reading fails, later.
    """

    def __init__(self, path: Path | str, base: RuleBase, most: int = MOST) -> None:
        source = open_source(path, base)
        self.notices, self.share = source.notices, source.share
        coders = {question: Coder(checks) for question, checks in all_checks(base).items()}
        crowds = (
            _tabled(source.people, coders, most) if isinstance(source.people, Table) else _listed(source, coders, most)
        )
        first = next(crowds, None)
        if first is None:
            raise nobody(source.shown)
        self._crowds = chain([first], crowds)

    def __iter__(self) -> Iterator[Crowd]:
        return self._crowds


class _Building:
    """A crowd that is being put together."""

    def __init__(self, coders: dict[str, Coder]) -> None:
        self._coders = coders
        self._codes = {question: bytearray() for question in coders}
        self.crowd = Crowd()

    def __len__(self) -> int:
        return len(self.crowd.ids)

    def is_full(self, most: int) -> bool:
        """Whether there are `most` people, or as many apart as a crowd may hold."""
        return len(self) >= most or len(self.crowd.apart) >= MOST_APART

    def add(self, question: str, codes: bytes) -> None:
        """Add the codes of some people's answers to a question."""
        self._codes[question] += codes

    def finished(self) -> Crowd:
        """The crowd; a question without a column is one that nobody was asked."""
        for question, codes in self._codes.items():
            if codes:
                self.crowd.columns[question] = Column(bytes(codes), self._coders[question].values)
        return self.crowd


def _listed(source: Source, coders: dict[str, Coder], most: int) -> Iterator[Crowd]:
    """Crowds of people who come as sheets."""
    building = _Building(coders)
    for person in People(iter(source.people), source.shown, source.share):
        codes = {question: coder.answer_code(person.sheet.get(question)) for question, coder in coders.items()}
        if person.problems or person.sheet.weights or APART in codes.values():
            building.crowd.apart[len(building)] = person
        else:
            for question, code in codes.items():
                building.add(question, bytes([code]))
        building.crowd.ids.append(person.id)
        if building.is_full(most):
            yield building.finished()
            building = _Building(coders)
    if len(building):
        yield building.finished()


def _tabled(table: Table, coders: dict[str, Coder], most: int) -> Iterator[Crowd]:
    """Crowds of the rows of a table."""
    reader = _TableReader(table, coders)
    count = min(ROWS, most)
    building = _Building(coders)
    while (read := _next_rows(table, count)).cells:
        if building.is_full(most - len(read.cells) + 1):
            yield building.finished()
            building = _Building(coders)
        reader.take(read, building)
    if len(building):
        yield building.finished()


@dataclass(frozen=True)
class _Read:
    """Some rows of a table: their cells, their numbers, and each as a record."""

    cells: Sequence[Sequence[str]]
    rows: Sequence[int]
    record: Callable[[int], Record]


def _next_rows(table: Table, count: int) -> _Read:
    plain = table.records.plain(count)
    if plain is not None:
        return _Read(plain.cells, range(plain.row, plain.row + len(plain.cells)), plain.record)
    records = list(islice(table.records, count))
    return _Read([record.cells for record in records], [record.row for record in records], records.__getitem__)


class _TableReader:
    """Takes rows of a table into a crowd, column by column."""

    def __init__(self, table: Table, coders: dict[str, Coder]) -> None:
        self._table = table
        self._width, self._id = len(table.columns), table.columns.index(ID)
        self._nothing = ("",) * self._width
        self._columns = [_column(table, name, coders) for name in table.columns]
        self._seen = Seen()

    def take(self, read: _Read, building: _Building) -> None:
        """Add everybody in some rows; blank rows are nobody."""
        ids: list[str] = []
        kept: list[Sequence[str]] = []
        places: list[int] = []
        apart: dict[int, Person] = {}
        for place, cells in enumerate(read.cells):
            key = self._plain_id(cells)
            if key is None:
                person = self._table.person(read.record(place))
                if person is None:
                    continue
                apart[len(ids)], key, cells = person, person.id, self._nothing
            ids.append(key)
            kept.append(cells)
            places.append(place)
        columns = [
            bytes(map(column.read, texts))
            for column, texts in zip(self._columns, zip(*kept, strict=True), strict=False)
        ]
        for codes in columns:
            if APART in codes:
                apart |= {
                    number: self._person(read, places[number])
                    for number, code in enumerate(codes)
                    if code == APART and number not in apart
                }
        placed = [(key, f"row {read.rows[place]}") for key, place in zip(ids, places, strict=True)]
        for number, first in self._met_before(placed):
            person = apart.get(number) or self._person(read, places[number])
            apart[number] = met_before(person, first)
        stays = [number not in apart for number in range(len(ids))]
        for column, codes in zip(self._columns, columns, strict=False):
            if column.question is not None:
                building.add(column.question, bytes(compress(codes, stays)) if apart else codes)
        start = len(building)
        building.crowd.ids += ids
        building.crowd.apart |= {start + number: apart[number] for number in sorted(apart)}

    def _plain_id(self, cells: Sequence[str]) -> str | None:
        """The id of somebody whose row has as many cells as the header; None where it cannot be used."""
        if len(cells) != self._width:
            return None
        if PLAIN_ID.fullmatch(cells[self._id]):
            return cells[self._id]
        key, wrong = read_id(cells[self._id])
        return None if wrong else key

    def _person(self, read: _Read, place: int) -> Person:
        person = self._table.person(read.record(place))
        assert person is not None  # there is an id in the row
        return person

    def _met_before(self, placed: Sequence[tuple[str, str]]) -> Iterator[tuple[int, str]]:
        """Whose id stood before, by number, and where it stood first."""
        if not self._seen.add([one for one in placed if one[0]]):
            for number, (key, place) in enumerate(placed):
                if key and (first := self._seen.first(key)) != place:
                    yield number, first


@dataclass(frozen=True)
class _Reading:
    """How the cells of a column are read: what gives the code of one, and the question that it answers."""

    read: Callable[[str], int]
    question: str | None = None


def _column(table: Table, name: str, coders: dict[str, Coder]) -> _Reading:
    if name in coders:
        return _Reading(_Cells(table.base.questions[name], coders[name]).__getitem__, name)
    return _Reading(_Unread(APART if name == UNNAMED else OPEN).__getitem__)


class _Unread(dict[str, int]):
    """What stands in the cells of a column that is no question: nothing, or what may not stand there."""

    def __init__(self, code: int) -> None:
        super().__init__({"": OPEN})
        self._code = code

    def __missing__(self, text: str) -> int:
        return self._code if text.strip() else OPEN


class _Cells(dict[str, int]):
    """The codes of what stands in the cells of one column, each way to write an answer read once."""

    def __init__(self, question: Question, coder: Coder) -> None:
        super().__init__()
        self._question, self._coder = question, coder

    def __missing__(self, text: str) -> int:
        try:
            code = self._coder.answer_code(parse_cell(self._question, text))
        except AnswerError:
            code = APART
        if len(self) < MOST_KEPT:
            self[text] = code
        return code
