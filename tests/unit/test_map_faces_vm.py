"""Each map type through its own face in the vm: the bodies of tests/host/test_map_faces.py, which hold on both engines."""

from __future__ import annotations

import os
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


REDIRECTS = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#define REDIRECT(map, kind, val) \\
    struct { __uint(type, kind); __type(key, __u32); __type(value, struct val); __uint(max_entries, 4); } map SEC(".maps")
REDIRECT(devices, BPF_MAP_TYPE_DEVMAP, bpf_devmap_val);
REDIRECT(hashed, BPF_MAP_TYPE_DEVMAP_HASH, bpf_devmap_val);
REDIRECT(cpus, BPF_MAP_TYPE_CPUMAP, bpf_cpumap_val);
SEC("xdp") int plain(struct xdp_md *ctx)
{ return bpf_redirect_map(&devices, 0, 0) + bpf_redirect_map(&hashed, 0, 0) + bpf_redirect_map(&cpus, 0, 0); }
SEC("xdp/devmap") int behind(struct xdp_md *ctx) { return 2; }
SEC("xdp/cpumap") int on_cpu(struct xdp_md *ctx) { return 2; }
char LICENSE[] SEC("license") = "GPL";
"""


def test_programs_behind_a_redirect_are_loaded_for_it() -> None:
    """As in Linux, where another program is EINVAL; what that means is said."""
    with ebpf.load(ebpf.compile("redirects.bpf.c", text=REDIRECTS), engine="vm") as obj:
        programs = obj.programs
        obj.maps["devices"][0] = 1, programs["behind"]
        obj.maps["hashed"][7] = 1, programs["behind"]
        obj.maps["cpus"][0] = 192, programs["on_cpu"]
        for name, value, section in (("devices", 1, "devmap"), ("hashed", 1, "devmap"), ("cpus", 192, "cpumap")):
            for wrong in (programs["plain"], programs["on_cpu" if section == "devmap" else "behind"]):
                with pytest.raises(ebpf.KernelError, match=section) as caught:
                    obj.maps[name][0] = value, wrong
                assert caught.value.errno == 22
        with pytest.raises(ebpf.KernelError, match="at most 16384 packets"):
            obj.maps["cpus"][0] = 1 << 20
        with pytest.raises(ebpf.HookError, match="no network interface 'nosuch0' in this namespace; there are"):
            obj.maps["devices"][0] = "nosuch0"


def test_a_descriptor_of_the_users_is_no_number_of_the_engines(world: World) -> None:
    """An object of somebody's may have a `fd`, too, and the engine a map of that number."""

    class Folder:
        def __init__(self) -> None:
            self.fd = os.open("/", os.O_RDONLY | os.O_DIRECTORY)

        def fileno(self) -> int:
            return self.fd

    folder, raw = Folder(), world.obj.maps["cgroup_array"].raw
    try:
        assert raw.engine.by_fd(folder.fd) is not None
        assert raw.number_of(folder) == os.stat("/").st_ino
    finally:
        os.close(folder.fd)
