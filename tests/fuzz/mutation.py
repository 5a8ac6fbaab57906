"""Inputs bred from seeds: a plan of changes that Hypothesis draws, and what it makes of the bytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache

from hypothesis import strategies as st

__all__ = ["Plan", "bred", "plans"]

IN_PLACE = ("flip", "set", "integer", "swap", "zero", "digits")
OPERATIONS = (*IN_PLACE, *IN_PLACE, *IN_PLACE, "insert", "delete", "truncate", "repeat", "splice")
#: numbers at which programs go wrong
ODD = (
    0,
    1,
    -1,
    2,
    7,
    8,
    16,
    127,
    128,
    255,
    256,
    32767,
    32768,
    65535,
    100_000,
    10**6,
    2**24,
    2**31 - 1,
    2**31,
    2**32 - 1,
    2**40,
    2**63 - 1,
    2**63,
    2**64 - 1,
)
ODD_TEXTS = (
    b"9999999999",
    b"-1",
    b"1e308",
    b"NaN",
    b"0x10",
    b"'",
    b'"',
    b"\0",
    b"\xff\xfe",
    b";",
    b",",
    b"\n",
    b"&#0;",
    b"]]>",
    b"<",
    b"1048577",
    b"#REF!",
)
#: some changes fall into so many first bytes, where headers stand
HEAD = 700


@dataclass(frozen=True)
class Plan:
    """Which seed, which member of an archive (none: the file itself), and the changes."""

    seed: int
    member: int | None
    changes: tuple[tuple[str, bool, int, int], ...]


@cache
def plans(archive: bool) -> st.SearchStrategy[Plan]:
    """Plans for a format, most with a single change, so that readers come far; those of archives mostly change a member."""
    number = st.integers(0, 2**31 - 1)
    change = st.tuples(st.sampled_from(OPERATIONS), st.sampled_from((True, False, False)), number, number)
    member = st.one_of(st.integers(0, 30), st.integers(0, 30), st.none()) if archive else st.none()
    few = st.lists(change, min_size=1, max_size=1)
    return st.builds(Plan, st.integers(0, 9), member, st.one_of(few, few, st.lists(change, min_size=2, max_size=6)).map(tuple))


def bred(plan: Plan, seeds: list[bytes]) -> bytes:
    """The bytes of an input."""
    content, other = seeds[plan.seed % len(seeds)], seeds[(plan.seed + 1) % len(seeds)]
    if plan.member is None:
        return _changed(content, plan.changes, other)
    members, others = _members(content), _members(other)
    place = plan.member % len(members)
    name, part = members[place]
    donor = others[place % len(others)][1]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for one, held in members:
            archive.writestr(one, _changed(part, plan.changes, donor) if one == name else held)
    return buffer.getvalue()


@cache
def _members(content: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def _changed(content: bytes, changes: tuple[tuple[str, bool, int, int], ...], other: bytes) -> bytes:
    data = bytearray(content)
    for operation, early, place, value in changes:
        length = min(len(data), HEAD) if early else len(data)
        # Hypothesis favours small numbers, which would be the first bytes
        at = zlib.crc32(f"{operation} {place}".encode()) % length if length else 0
        _CHANGES[operation](data, at, zlib.crc32(f"{value}".encode()), other)
    return bytes(data)


def _flip(data, at, value, _):
    if data:
        data[at] ^= 1 << value % 8


def _set(data, at, value, _):
    if data:
        data[at] = value % 256


def _integer(data, at, value, _):
    size, order = 1 << value % 4, "little" if value >> 2 & 1 else "big"
    number = ODD[(value >> 3) % len(ODD)] % (1 << 8 * size)
    data[at : at + size] = number.to_bytes(size, order)


def _insert(data, at, value, _):
    data[at:at] = ODD_TEXTS[value % len(ODD_TEXTS)] * (1 + (value >> 8) % 3)


def _delete(data, at, value, _):
    del data[at : at + 1 + value % 64]


def _truncate(data, at, value, _):
    del data[at + value % 2 :]


def _repeat(data, at, value, _):
    part = bytes(data[at : at + 1 + value % 256])
    data[at:at] = part * (1 + (value >> 8) % 8)


def _splice(data, at, value, other):
    start = value % max(len(other), 1)
    data[at : at + (value >> 4) % 128] = other[start : start + 1 + (value >> 6) % 128]


def _swap(data, at, value, _):
    size = 1 + value % 16
    first, second = bytes(data[at : at + size]), bytes(data[at + size : at + 2 * size])
    data[at : at + 2 * size] = second + first


def _digits(data, at, value, _):
    """Another number where digits stand next."""
    start = next((place for place in range(at, min(at + 200, len(data))) if 48 <= data[place] <= 57), None)
    if start is None:
        return
    end = start
    while end < len(data) and 48 <= data[end] <= 57:
        end += 1
    data[start:end] = str(ODD[value % len(ODD)]).encode()


def _zero(data, at, value, _):
    size = 1 + value % 32
    data[at : at + size] = (b"\0", b"\xff")[value >> 5 & 1] * min(size, len(data) - at)


_CHANGES = {name: globals()[f"_{name}"] for name in set(OPERATIONS)}
