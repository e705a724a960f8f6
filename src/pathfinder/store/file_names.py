"""Names of files for ids that strangers chose: safe on every system, and never the same for two ids.

An id of letters, digits, `.`, `_`, `-` and `@` names its file as it is. Any other is rewritten in such characters and
gets a digest of the whole id at its end. So does an id that a file system could take for one seen before, because it
differs in case or Unicode form alone.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

LONGEST = 100
"""Bytes of UTF-8 of the part that comes from the id; a file system's own limit is about 255."""

DIGITS = (10, 20, 64)
"""Hexadecimal digits of the digest, more where fewer are taken."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)")
"""Names that Windows keeps for devices, with any ending."""

_BLANKS = re.compile(r"[-\s]+")
_NOBODY = "person"


class FileNames:
    """Gives each id the name of its files, without ending. The same ids in the same order get the same names."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, key: str) -> str:
        """The name for an id that was not asked for before."""
        plain = _plain(key)
        digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        candidates = [f"{plain}-{digest[:count]}" for count in DIGITS]
        if plain == key:
            candidates.insert(0, plain)
        found = next(one for one in candidates if folded(one) not in self._taken)
        self._taken.add(folded(found))
        return found


def folded(name: str) -> str:
    """What a file system sees in a name if it ignores case and Unicode form; coarser than any of them."""
    for _ in range(2):  # once is not enough: folding can undo the form, and the form the folding
        name = unicodedata.normalize("NFKC", name).upper().casefold()
    return unicodedata.normalize("NFKC", name)


def _plain(key: str) -> str:
    """The id in characters that are safe in a name; equal to the id where it is a safe name already."""
    kept = "".join(one if one.isalnum() or one in "._-@" else "-" for one in unicodedata.normalize("NFC", key))
    kept = _BLANKS.sub("-", kept) if kept != key else kept
    kept = kept.strip("-.@")
    while len(kept.encode()) > LONGEST:
        kept = kept[: min(len(kept) - 1, LONGEST)]
    kept = kept.rstrip("-.")
    return f"{_NOBODY}-{kept}" if _RESERVED.match(folded(kept)) else kept or _NOBODY
