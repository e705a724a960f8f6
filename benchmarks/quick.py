"""How many questions `pathfinder assess --quick` needs until the verdict is settled, beside the full interview.

The people are those of `rules/cases`. What a file leaves open is filled in plausibly (by the shares in the rule base,
with a fixed seed), so that everybody answers whatever is asked. Prints the distribution of the ratio of questions
asked, and of the fewest that could do with hindsight: answers are taken back one by one as long as the verdict stays
settled.

    python benchmarks/quick.py [PEOPLE]
"""

from __future__ import annotations

import random
import statistics
import sys
from pathlib import Path

from pathfinder.answers.facts import set_aside
from pathfinder.answers.sheet import UNKNOWN, AnswerSheet, Certain
from pathfinder.assessment.asking import next_question
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.completions.completing import Completer
from pathfinder.assessment.ranges.possibilities import Possibilities
from pathfinder.questionnaire.interview import Interview
from pathfinder.store.cases import read_cases
from pathfinder.store.rules import built_in_folder, load_built_in

SEED = 7


def filled(assessor: Assessor, sheet: AnswerSheet) -> AnswerSheet:
    """The sheet with a plausible answer to everything it leaves open."""
    drawn = Completer(assessor.base, draws=1, seed=SEED, book=assessor.book).drawn(sheet)
    answers = dict(sheet.answers)
    for question in assessor.base.questions:
        if sheet.is_open(question):
            answers[question] = Certain(next(value for value, people in drawn.answers[question].items() if people))
    return set_aside(assessor.base, AnswerSheet(answers))[0]


def asked_in_full(assessor: Assessor, person: AnswerSheet) -> int:
    """How many questions the full interview asks: the core, then whatever could still matter."""
    interview, count = Interview(assessor.base), 0
    while True:
        question = interview.current
        if question is None:
            waiting = assessor.assess(interview.sheet).open_questions
            useful = tuple(
                one.question
                for one in waiting
                if one.state == "not answered" and one.swing and interview.askable(one.question)
            )
            if not useful:
                return count
            interview = interview.with_queue(useful)
            continue
        interview, _ = interview.answer(person.get(question.id) or UNKNOWN)
        count += 1


def asked_in_brief(assessor: Assessor, person: AnswerSheet) -> tuple[int, bool, str]:
    """How many questions `--quick` asks, whether it stops as settled, and which path comes first then."""
    interview = Interview(assessor.base)
    while True:
        asking = next_question(assessor, interview.sheet, interview.askable)
        if asking.question is None:
            return len(interview.asked), asking.settled, asking.first
        interview, _ = interview.with_queue((asking.question,)).answer(person.get(asking.question) or UNKNOWN)


def fewest_with_hindsight(assessor: Assessor, person: AnswerSheet, first: str) -> int:
    """How many answers are left when they are taken back, in a shuffled order, as long as `first` stays settled."""
    best = len(person)
    for seed in range(2):
        order = list(person)
        random.Random(seed).shuffle(order)
        kept = person
        for question in order:
            fewer = kept.without(question)
            if Possibilities(assessor.base, fewer, assessor.book).settle(first).settled:
                kept = fewer
        best = min(best, len(kept))
    return best


def main() -> None:
    assessor = Assessor(load_built_in())
    cases = [case for case in read_cases(Path(built_in_folder()) / "cases", assessor.base.questions) if len(case.sheet)]
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    people = [filled(assessor, case.sheet) for case in random.Random(SEED).sample(cases, min(count, len(cases)))]
    ratios, hindsight, agree, never = [], [], 0, 0
    for person in people:
        whole = asked_in_full(assessor, person)
        asked, settled, first = asked_in_brief(assessor, person)
        if not settled:
            never += 1
            continue
        result = assessor.assess(person)
        agree += result.verdict.kind == "outside" or result.top.id == first
        ratios.append(asked / whole)
        if result.verdict.kind != "outside":
            hindsight.append(fewest_with_hindsight(assessor, person, first) / whole)
    deciles = [f"{one:.2f}" for one in statistics.quantiles(ratios, n=10)]
    print(f"people: {len(people)}, never settled: {never}, settled and in agreement: {agree} of {len(ratios)}")
    print(f"questions asked, as a ratio to the full interview: median {statistics.median(ratios):.2f}")
    print(f"  deciles: {' '.join(deciles)}; at most half: {sum(one <= 0.5 for one in ratios) / len(ratios):.0%}")
    print(f"fewest with hindsight, as a ratio to the full interview: median {statistics.median(hindsight):.2f}")


if __name__ == "__main__":
    main()
