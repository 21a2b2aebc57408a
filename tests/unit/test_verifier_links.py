"""Numbers that are another number plus a constant, and ranges that leave one number only: as Linux 6.18.y takes them."""

from __future__ import annotations

import sys
from random import Random

import pytest

from ebpf.asm import assemble, encode
from ebpf.errors import VerifierError
from ebpf.spec import ProgramSpec
from ebpf.uapi.prog_types import ProgType
from ebpf.verifier import tnum, verify

#: r0 is any number; what follows links others to it, compares one and loads from the stack at fp + another - 64.
HEAD = "call bpf_ktime_get_ns\nr6 = r0\nr7 = r0\n"
#: The stack is read at r10 - 512 + register: only 0 to 511 is taken.
READ = "r1 = r10\nr1 += -512\nr1 += {0}\nr0 = *(u8 *)(r1 + 0)\nexit\nout:\nr0 = 0\nexit"


def taken(text: str) -> bool:
    try:
        verify(ProgramSpec("p", ProgType.XDP, encode(assemble(text), sys.byteorder), license="GPL"), {})
    except VerifierError as error:
        assert any(words in error.reason for words in ("stack", "fp pointer offset", "math between", "makes fp")), error
        return False
    return True


@pytest.mark.parametrize(
    ("change", "compare", "used", "ok"),
    [
        # r6 = r0 - 5: once r6 is 0 to 9, r0 is 5 to 14.
        ("r6 -= 5", "if r6 > 9 goto out", "r0", True),
        ("r6 += -5", "if r6 > 9 goto out", "r0", True),
        # r0 0 to 9 leaves r6 at -5 to 4.
        ("r6 -= 5", "if r0 > 9 goto out", "r6", False),
        ("r6 += 5", "if r0 > 9 goto out", "r6", True),
        # Two sums of one number.
        ("r6 += 5\nr7 += 7", "if r6 > 9 goto out", "r7", True),
        ("r6 += 5\nr7 -= 7", "if r6 > 9 goto out", "r7", False),
        # A second constant is too many.
        ("r6 += 5\nr6 += 5", "if r0 > 9 goto out", "r6", False),
        # A sum with itself is no sum with a constant.
        ("r6 += r6", "if r0 > 9 goto out", "r6", False),
        # In 32 bits: only of a number that has no more.
        ("w6 += 5", "if r0 > 9 goto out", "r6", False),
        ("w0 = w0\nr6 = r0\nw6 += 5", "if r0 > 9 goto out", "r6", True),
        ("w0 = w0\nr6 = r0\nr7 = r0\nw6 += 5\nw7 += 7", "if r6 > 9 goto out", "r7", True),
        # One in 32 bits, one in 64: neither tells of the other.
        ("w0 = w0\nr6 = r0\nr7 = r0\nw6 += 5\nr7 += 5", "if r6 > 9 goto out", "r7", False),
        ("r6 -= -2147483648", "if r0 > 9 goto out", "r6", False),
        # The constant itself is held to what a pointer may move by, 2^29, though r6 is 0 to 9 by then.
        ("r6 += 536870911", "if r6 > 9 goto out", "r6", True),
        ("r6 += 536870912", "if r6 > 9 goto out", "r6", False),
        ("r6 += -536870912", "if r6 > 9 goto out", "r6", False),
    ],
)
def test_sums_learn_from_each_other(change: str, compare: str, used: str, ok: bool) -> None:
    assert taken(HEAD + change + "\n" + compare + "\n" + READ.format(used)) is ok


@pytest.mark.parametrize(
    ("narrow", "ok"),
    [
        # 0 or 256, and not below 3: 256.
        ("r0 &= 256\nif r0 s< 3 goto out\nr0 -= 256", True),
        ("r0 &= 256\nif r0 s< 3 goto out\nr0 -= 257", False),
        # 0, 256, 512 or 768, and 300 to 600: 512.
        ("r0 &= 768\nif r0 s< 300 goto out\nif r0 s> 600 goto out\nr0 -= 512", True),
        # 256 or 512.
        ("r0 &= 768\nif r0 s< 3 goto out\nif r0 s> 600 goto out\nr0 -= 512", False),
    ],
)
def test_a_range_with_one_member(narrow: str, ok: bool) -> None:
    assert taken("call bpf_ktime_get_ns\n" + narrow + "\n" + READ.format("r0")) is ok


def test_the_next_member_of_a_tnum() -> None:
    random = Random(5)
    for _ in range(3000):
        mask = random.getrandbits(8)
        value = random.getrandbits(8) & ~mask
        number = random.getrandbits(8)
        members = [x for x in range(256) if x & ~mask == value]
        assert tnum.after(value, mask, number) == min((x for x in members if x > number), default=value | mask)


def test_the_only_member_of_a_range() -> None:
    random = Random(6)
    for _ in range(5000):
        mask = random.getrandbits(6)
        value = random.getrandbits(6) & ~mask
        low = random.randrange(value, (value | mask) + 1)
        high = random.randrange(low, (value | mask) + 1)
        members = [x for x in range(low, high + 1) if x & ~mask == value]
        if members and low < high:
            assert tnum.only(value, mask, low, high) == (members[0] if len(members) == 1 else -1)
