"""Forms follow from the annotations of the records they are made from, and say everything that is wrong."""

from __future__ import annotations

from typing import Annotated

import pytest
from msgspec import Struct
from pydantic import ValidationError

from pathfinder.assessment.results.items import Citation
from pathfinder.authoring.file_kinds import MODELS
from pathfinder.rulebase.base import Checked, Limits, Model, Text
from pathfinder.rulebase.forms import form, read_json, read_part


def _even(number: int) -> int:
    if number % 2:
        raise ValueError("must be even")
    return number


class Inner(Model, frozen=True, kw_only=True):
    """Something inside."""

    text: Text = ""
    share: Annotated[float, Limits(ge=0, le=1)] = 7.0


class Outer(Model, frozen=True, kw_only=True):
    """Something with something inside."""

    inner: tuple[Inner, ...] = ()
    number: Annotated[int, Checked(_even)] = 1

    def check(self) -> None:
        """One thing inside for each."""
        if len(self.inner) > self.number:
            raise ValueError("too much inside")


def problems(data: object) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as error:
        read_part(Outer, data)
    return [(".".join(map(str, one["loc"])), one["msg"].removeprefix("Value error, ")) for one in error.value.errors()]


def test_what_is_read_is_the_record_itself_all_the_way_down() -> None:
    assert read_part(Outer, {"inner": [{"text": " a\x07b "}], "number": "4"}) == Outer(
        inner=(Inner(text="ab"),), number=4
    )


def test_a_default_may_lie_outside_the_limits_of_what_is_written() -> None:
    assert read_part(Outer, {"inner": [{}], "number": 2}).inner == (Inner(text="", share=7.0),)
    assert problems({"inner": [{"text": "", "share": 7}]}) == [
        ("inner.0.text", "String should have at least 1 character"),
        ("inner.0.share", "Input should be less than or equal to 1"),
    ]


def test_everything_that_is_wrong_is_told_at_once_with_its_place() -> None:
    assert problems({"inner": [{"share": "x"}, {"txt": "a"}], "number": 3}) == [
        ("inner.0.share", "Input should be a valid number, unable to parse string as a number"),
        ("inner.1.txt", "Extra inputs are not permitted"),
        ("number", "must be even"),
    ]


def test_what_does_not_go_together_is_told_of_the_whole() -> None:
    assert problems({"inner": [{}, {}, {}], "number": 2}) == [("", "too much inside")]


def test_an_annotation_that_nothing_is_known_of_is_a_mistake_of_the_program() -> None:
    class Odd(Struct):
        number: Annotated[int, "at least three"]

    with pytest.raises(TypeError, match="nothing is known of 'at least three'"):
        form(Odd)


@pytest.mark.parametrize("kind", MODELS.values(), ids=MODELS)
def test_the_form_of_every_kind_of_file_has_its_fields_and_its_description(kind: type[Model]) -> None:
    made = form(kind)
    assert tuple(made.model_fields) == kind.__struct_fields__
    assert [one.alias or name for name, one in made.model_fields.items()] == list(kind.__struct_encode_fields__)
    assert (made.__name__, made.__doc__) == (kind.__name__, kind.__doc__)


def test_json_is_read_strictly_and_what_a_later_version_adds_is_passed_over() -> None:
    text = '{"id": "a", "source": "s", "title": "t", "section": "1", "lines": [1, 2], "claim": "c", "later": 1}'
    assert read_json(Citation, text) == Citation("a", "s", "t", "1", (1, 2), "c")
    with pytest.raises(ValidationError, match="valid integer"):
        read_json(Citation, text.replace("[1, 2]", '["1"]'))
