"""Each map type through its own face in the vm: the bodies of tests/host/test_map_faces.py, which hold on both engines."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "host"))

from test_map_faces import BPF, USES, World

import ebpf
from ebpf.uapi.map_types import MapType


@pytest.fixture(scope="module")
def spec() -> ebpf.ObjectSpec:
    try:
        return ebpf.compile(BPF / "every_map.bpf.c")
    except ebpf.CompileError as error:
        pytest.skip(str(error))


@pytest.fixture
def world(spec: ebpf.ObjectSpec) -> Iterator[World]:
    with ebpf.load(spec, engine="vm") as obj:
        yield World(obj)


@pytest.mark.parametrize("type_", USES, ids=lambda type_: type_.label)
def test_the_face_of(type_: MapType, world: World) -> None:
    name, use = USES[type_]
    try:
        use(world.obj.maps[name], world)
    except (PermissionError, AttributeError) as error:
        # Things of the system that this user or machine may not have: AF_XDP sockets, pidfds.
        if isinstance(error, PermissionError) or sys.platform != "linux":
            pytest.skip(str(error))
        raise
