"""No id leaves its folder, and no two ids share a file, on any system."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathfinder.store.file_names import LONGEST, FileNames

RESERVED = {"con", "prn", "aux", "nul", *(f"{device}{number}" for device in ("com", "lpt") for number in range(10))}
PARTS = ("..", "e\u0301", "CON", "nul", "COM¹", "ss", "fi", *'/\\.- :\0\x1b\n\u200b\u202eaAßﬁéİiıIſs~*?"<|文@')
NASTY = st.sampled_from(PARTS)
IDS = st.lists(NASTY | st.characters(), min_size=1, max_size=6).map("".join)


def name_of(key: str) -> str:
    return FileNames().name(key)


def alike(name: str) -> set[str]:
    """What the name looks like to file systems that ignore case and Unicode form, each in its own way."""
    return {
        unicodedata.normalize(form, changed)
        for form in ("NFC", "NFD", "NFKC", "NFKD")
        for changed in (name.casefold(), unicodedata.normalize("NFD", name).casefold(), name.lower(), name.upper())
    }


@given(st.lists(IDS, min_size=2, max_size=8, unique=True))
def test_different_ids_never_share_a_file(keys: list[str]) -> None:
    names = FileNames()
    found = [names.name(key) for key in keys]
    for one, other in itertools.combinations(found, 2):
        assert not alike(one) & alike(other)


@given(IDS)
def test_a_name_is_safe_on_every_system(key: str) -> None:
    name = name_of(key)
    assert name
    assert not set(name) & set('/\\:*?"<>|\0\r\n\t ')
    assert name.isprintable()
    assert name[0] not in ".-@"
    assert name[-1] not in ".-"
    assert unicodedata.normalize("NFKC", name).casefold().split(".")[0] not in RESERVED
    assert len(f".{name}.json.abcdefgh.tmp".encode()) < 255


@given(st.lists(IDS, max_size=8, unique=True))
def test_the_same_ids_in_the_same_order_get_the_same_names(keys: list[str]) -> None:
    first, second = FileNames(), FileNames()
    assert [first.name(key) for key in keys] == [second.name(key) for key in keys]


@pytest.mark.parametrize(
    "key", ["ada", "Ada", "P-007", "S06", "ada.lovelace", "ada@example.org", "a_b", "Jos\u00e9", "文"]
)
def test_a_plain_id_is_its_own_name(key: str) -> None:
    assert name_of(key) == key


@pytest.mark.parametrize(
    ("key", "start"),
    [
        ("../../etc/passwd", "etc-passwd-"),
        ("a/b", "a-b-"),
        ("Ada Lovelace", "Ada-Lovelace-"),
        (".hidden", "hidden-"),
        ("-rf", "rf-"),
        ("ada.", "ada-"),
        ("@ada", "ada-"),
        ("con", "person-con-"),
        ("Aux.txt", "person-Aux.txt-"),
        ("COM\u00b9", "person-COM\u00b9-"),
        ("...", "person-"),
        ("Jose\u0301", "Jos\u00e9-"),
        ("x" * (LONGEST + 1), "x" * LONGEST + "-"),
    ],
)
def test_any_other_id_is_rewritten_with_a_digest(key: str, start: str) -> None:
    found = name_of(key)
    assert found.startswith(start)
    assert len(found) == len(start) + 10


def test_an_id_of_the_longest_length_is_kept() -> None:
    assert name_of("x" * LONGEST) == "x" * LONGEST
    assert len(name_of("文" * 60).encode()) <= LONGEST + 11


def test_the_second_of_two_ids_that_differ_in_case_alone_gets_a_digest() -> None:
    names = FileNames()
    assert names.name("Ada") == "Ada"
    assert names.name("ada").startswith("ada-")
    assert names.name("ADA").startswith("ADA-")


def test_an_id_that_is_made_to_look_like_another_ones_name_gets_another() -> None:
    names = FileNames()
    made = names.name("a b")
    assert names.name(made) != made
    again = FileNames()
    assert again.name(made) == made
    assert again.name("a b").startswith(made)
    assert again.name("a b ") != made
