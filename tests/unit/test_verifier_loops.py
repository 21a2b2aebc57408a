"""Which instructions of a program lie in a loop."""

from __future__ import annotations

import pytest

from ebpf.verifier.loops import components


@pytest.mark.parametrize(
    ("following", "expected"),
    [
        ([(1,), (2,), ()], [0, 0, 0]),
        ([(1,), (2, 1), ()], [0, 1, 0]),
        ([(1,), (2,), (0, 3), ()], [1, 1, 1, 0]),
        # A loop in a loop is one; two in a row are two.
        ([(1,), (2,), (1, 3), (0, 4), ()], [1, 1, 1, 1, 0]),
        ([(1,), (0, 2), (3,), (2, 4), ()], [2, 2, 1, 1, 0]),
        ([(), (1,)], [0, 1]),
    ],
)
def test_which_instructions_lie_in_a_loop(following: list[tuple[int, ...]], expected: list[int]) -> None:
    assert components(following)[: len(following)] == expected


def test_a_long_program_has_its_loops_found() -> None:
    count = 50_000
    following = [(n + 1,) for n in range(count - 1)] + [(0,)]
    assert set(components(following)[:count]) == {1}
