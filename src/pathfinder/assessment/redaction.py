"""An assessment to pass on: without the name, the private answers, and everything that is said because of them.

A private answer is given away by a sentence that is there because of it, and just as well by one that is missing. So
nothing is picked out of the full assessment. The person is assessed once more as if the private questions did not
exist, on a rule base without whatever looks at them, and only figures of the full assessment are put in: the verdict,
the standings, and rank, score, range, status and chances of each path. All that is told beside these figures is then
the same whatever the private answers are. What could be told only with them is left out: the weighings and the sets of
changed answers that would put another path first.
"""

from __future__ import annotations

from msgspec.structs import replace

from pathfinder.answers.scope import scope_of
from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.results.assessment import Assessment, PathResult, Verdict
from pathfinder.assessment.results.certainty import ChangeItem
from pathfinder.assessment.results.items import Note
from pathfinder.assessment.results.options import OptionResult
from pathfinder.rulebase.conditions import Condition
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.without import private_questions, questions_in, without_questions

BLOCKED = Note("left-out", "What blocks it is left out here, with the answers it rests on.", ())
"""Stands where only gates that look at private answers block a path."""

OUTSIDE = "Your answers point outside the paths that are compared."
"""The summary where only private answers point outside."""


def redacted(base: RuleBase, sheet: AnswerSheet, assessment: Assessment) -> Assessment:
    """The assessment of a sheet as it can be passed on; see `Redactor`."""
    return Redactor(base).redacted(sheet, assessment)


def without_roles(assessment: Assessment) -> Assessment:
    """An assessment that names no roles outside the paths, nor the person; of the rest nothing is left out."""
    verdict = assessment.verdict
    told = replace(verdict, summary=OUTSIDE) if verdict.kind == "outside" else verdict
    return replace(assessment, name="", verdict=told, other_roles=())


class Redactor:
    """Redacts the assessments of many sheets on one rule base."""

    def __init__(self, base: RuleBase) -> None:
        self.private = private_questions(base)
        self.public = Assessor(without_questions(base, self.private))
        self._entangled = _entangled(base, self.private)

    @property
    def tells_all(self) -> bool:
        """Whether nothing but the name is left out, as no question is private."""
        return not self.private

    def redacted(self, sheet: AnswerSheet, assessment: Assessment) -> Assessment:
        """What may be told of the assessment of a sheet. Points that come from private answers stay in each score and
        are named in `left_out`; `criteria` and `reasons` cover the others."""
        if self.tells_all:
            return replace(assessment, name="", redacted=True)
        public = self.public.assess(self.without_private(sheet))
        paths = {path.id: path for path in public.paths}
        options = {option.name: option for option in public.options}
        found = replace(
            public,
            verdict=_verdict(assessment.verdict, public.verdict),
            paths=tuple(_path(path, paths[path.id]) for path in assessment.paths),
            changes=tuple(one for one in assessment.changes if not self._gives_away(one)),
            acceptability=tuple(one for one in assessment.acceptability if one.over == "points"),
            options=tuple(_option(option, options[option.name]) for option in assessment.options),
            standings=assessment.standings,
            proof=None,
            redacted=True,
        )
        return found if _same_choice(assessment, public) else _without_worth(found)

    def without_private(self, sheet: AnswerSheet) -> AnswerSheet:
        """A sheet without its name and the private answers, its options in hand too."""
        options = tuple(
            replace(option, answers={key: one for key, one in option.answers.items() if key not in self.private})
            for option in sheet.options
        )
        return replace(sheet.without(*self.private), name="", options=options)

    def _gives_away(self, change: ChangeItem) -> bool:
        """Whether what a change leads to depends on private answers in another way than through the scores."""
        return change.question in self._entangled


def _verdict(full: Verdict, public: Verdict) -> Verdict:
    if full.kind != "outside":
        return full
    return replace(full, summary=public.summary if public.kind == "outside" else OUTSIDE)


def _path(full: PathResult, public: PathResult) -> PathResult:
    return replace(
        public,
        rank=full.rank,
        score=full.score,
        low=full.low,
        high=full.high,
        chance_best=full.chance_best,
        status=full.status,
        blocked_by=_blocked_by(full, public),
        left_out=round(full.score - public.score, 6),
        low_when={},
        high_when={},
    )


def _option(full: OptionResult, public: OptionResult) -> OptionResult:
    return replace(
        public,
        rank=full.rank,
        score=full.score,
        low=full.low,
        high=full.high,
        status=full.status,
        blocked_by=_blocked_by(full, public),
        left_out=round(full.score - public.score, 6),
    )


def _blocked_by(full: PathResult | OptionResult, public: PathResult | OptionResult) -> tuple[Note, ...]:
    return public.blocked_by or ((BLOCKED,) if full.status == "blocked" else ())


def _same_choice(full: Assessment, public: Assessment) -> bool:
    """Whether what open answers are worth without the private ones can stand beside the verdict: it names the same
    path, and is not settled."""
    return full.verdict.path == public.verdict.path and full.top.id == public.top.id and not full.verdict.settled


def _without_worth(found: Assessment) -> Assessment:
    """The result without what it would be worth to know more."""
    return replace(
        found,
        open_questions=tuple(replace(one, matters=0.0, value=0.0, chance=0.0) for one in found.open_questions),
        experiments=tuple(replace(one, value=0.0, per_hour=None) for one in found.experiments),
        find_out=(),
    )


def _entangled(base: RuleBase, private: frozenset[str]) -> frozenset[str]:
    """The questions whose effect on who wins depends on private answers: those that an argument or a deciding role
    looks at together with a private question, and those of every gate on a path that such a question may close."""

    def looks(*conditions: Condition | None) -> bool:
        return bool(private & set(questions_in(conditions)))

    conditions: list[Condition] = [
        one for rule in base.rules.values() if looks(*rule.conditions) for one in rule.conditions
    ]
    for path in base.paths:
        if any(looks(gate.when) for gate in path.gates):
            conditions += [gate.when for gate in path.gates]
    for role in base.other_roles:
        if role.decides is not None and looks(role.when, role.decides):
            conditions += [role.when, role.decides]
    return private | frozenset(scope_of(base, conditions).checks)
