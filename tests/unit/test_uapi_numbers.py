"""Named numbers behave as the members of an `enum.IntEnum` do, wherever the code and its users may tell."""

from __future__ import annotations

import copy
import json
import pickle
from enum import IntEnum
from typing import Any

import pytest

from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.btf import CoreKind, Kind
from ebpf.uapi.commands import Command
from ebpf.uapi.link_types import LinkType
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

TABLES: list[Any] = [AttachType, Command, CoreKind, Kind, LinkType, MapType, ProgType]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_an_enum(table: Any) -> None:
    enum: Any = IntEnum(table.__name__, {name: int(one) for name, one in table.__members__.items()})  # type: ignore[misc]
    assert [(one.name, int(one), one.value) for one in table] == [(one.name, int(one), one.value) for one in enum]
    assert len(table) == len(enum) and list(table.__members__) == list(enum.__members__)
    for ours, theirs in zip(table, enum, strict=True):
        assert getattr(table, ours.name) is ours is table[ours.name] is table(int(ours)) is table(ours)
        assert isinstance(ours, int) and isinstance(ours, table) and type(ours.value) is int
        assert (str(ours), repr(ours), f"{ours:>4} {ours:#x}", hash(ours)) == (
            str(theirs), repr(theirs), f"{theirs:>4} {theirs:#x}", hash(theirs)
        )  # fmt: skip
        assert json.dumps(ours) == json.dumps(theirs)
        assert copy.copy(ours) is ours and copy.deepcopy([ours])[0] is ours
        assert pickle.loads(pickle.dumps(ours)) is ours
        assert ours in table and int(ours) in table and ours == int(ours) == theirs
    assert 12345 not in table


def test_what_more_a_row_says() -> None:
    assert MapType.RINGBUF.since == (5, 8) and MapType.RINGBUF.label == "ringbuf"
    assert ProgType.XDP.context == "xdp_md" and ProgType.UNSPEC.context == ""
    assert Kind.FLOAT.since == (5, 13) and Kind.FLOAT.label == "FLOAT"
    assert CoreKind.TYPE_SIZE.label == "type_size"


@pytest.mark.parametrize("value", [-1, 12345, "HASH", None, 1.5, []])
def test_a_number_that_is_none(value: Any) -> None:
    with pytest.raises(ValueError, match="is not a valid MapType"):
        MapType(value)


def test_nothing_changes() -> None:
    member: Any = MapType.HASH
    table: Any = MapType
    for thing, name in ((member, "since"), (member, "name"), (table, "HASH"), (table, "NEW")):
        with pytest.raises(AttributeError, match="can't be changed"):
            setattr(thing, name, 1)
    with pytest.raises(KeyError):
        MapType["NOTHING"]
    with pytest.raises(AttributeError):
        table.NOTHING
