"""Record and Frozen: what a dataclass is, without its import."""

from __future__ import annotations

import pytest

from ebpf._record import Frozen, Record, field


class Point(Record):
    x: int
    y: int = 2
    tags: list[str] = field(default_factory=list)


class Row(Frozen):
    name: str
    size: int = 4


class Wide(Row):
    colour: str = "red"


def test_a_record_has_defaults_and_equality() -> None:
    point = Point(1)
    assert (point.x, point.y, point.tags) == (1, 2, [])
    assert Point(1) == Point(1, 2, []) != Point(2)
    assert point.tags is not Point(1).tags
    point.y = 5
    assert repr(point) == "Point(x=1, y=5)"
    assert point.replace(x=9) == Point(9, 5)
    assert point != Row("a")


def test_a_frozen_row_stays_as_it_is() -> None:
    row = Row("a")
    assert hash(row) == hash(Row("a")) and {row: 1}[Row("a", 4)] == 1
    with pytest.raises(AttributeError, match=r"use replace\(size=…\)"):
        row.size = 8  # type: ignore[misc]
    with pytest.raises(AttributeError, match="can't be deleted"):
        del row.size
    with pytest.raises(TypeError):
        hash(Point(1))


def test_fields_are_inherited() -> None:
    assert repr(Wide("w", colour="blue")) == "Wide(name='w', colour='blue')"


@pytest.mark.parametrize(
    ("args", "kwargs", "message"),
    [
        ((), {}, "Point needs x"),
        ((1, 2, [], 4), {}, "takes 3 values, not 4"),
        ((1,), {"x": 2}, "x is given twice"),
        ((1,), {"z": 2}, "has no field 'z'; it has x, y, tags"),
    ],
)
def test_wrong_arguments_are_told(args: tuple[object, ...], kwargs: dict[str, object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Point(*args, **kwargs)  # type: ignore[arg-type]
