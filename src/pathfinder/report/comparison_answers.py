"""The answers that differ, section by section."""

from __future__ import annotations

from pathfinder.assessment.results.comparison import AnswerChange, Comparison
from pathfinder.report.blocks import Block, Heading, Item, Items, line, paragraph, strong
from pathfinder.report.comparison_words import Voice, voice
from pathfinder.report.words import number, sentence

PRIVATE = "Before you pass this on, take out what is private: answers marked so, and reasons that repeat them."
_NOTES = {
    "still open": "still open",
    "does not apply": "set aside, as it does not apply",
}


def answer_blocks(found: Comparison) -> list[Block]:
    """Every answer that differs, in the order of the interview; private ones marked."""
    following = sum(answer.follows is not None for answer in found.answers)
    count = len(found.answers) - following
    told = f"{sentence(number(count))} {'differs' if count == 1 else 'differ'}."
    if found.redacted:
        told = (
            f"{sentence(number(count)) if count else 'None'} of those told here {'differ' if count > 1 else 'differs'}."
        )
    if following:
        told += f" {sentence(number(following))} more {'applies' if following == 1 else 'apply'} on one side only,"
        told += " because of these."
    if any(answer.sensitive for answer in found.answers):
        told += f" {PRIVATE}"
    blocks: list[Block] = [Heading(2, "Answers that differ"), paragraph(told)]
    said = voice(found)
    titles = {answer.question: answer.title for answer in found.answers}
    for section in dict.fromkeys(answer.section for answer in found.answers):
        mine = [answer for answer in found.answers if answer.section == section]
        blocks += [Heading(3, section), Items(tuple(_answer(said, answer, titles) for answer in mine))]
    return blocks


def _answer(said: Voice, answer: AnswerChange, titles: dict[str, str]) -> Item:
    state = _NOTES.get(answer.state, "") or said.known(answer.state)
    because = f"because of '{titles[answer.follows]}'" if answer.follows else ""
    told = ", ".join(note for note in (state, because, "private" if answer.sensitive else "") if note)
    return Item(line(strong(f"{answer.title}: "), said.both(answer.before, answer.after), f" ({told})" if told else ""))
