"""Making maps, and finding those that are there: BPF_MAP_CREATE, and a map from a descriptor or an id."""

from __future__ import annotations

import errno as _errno
import os

from ebpf.errors import EbpfError, KernelError, NotSupported
from ebpf.kernel import cpus, sys
from ebpf.kernel.maps import UNSUPPORTED, KernelMap
from ebpf.kernel.sys import Layout, object_name
from ebpf.spec import MapSpec
from ebpf.uapi import bpf_attr, flags
from ebpf.uapi.commands import Command
from ebpf.uapi.map_types import MapType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.kernel.types import ObjectTypes

#: Types that the kernel refuses BTF for.
NO_BTF = frozenset(
    {
        MapType.PROG_ARRAY,
        MapType.PERF_EVENT_ARRAY,
        MapType.CGROUP_ARRAY,
        MapType.STACK_TRACE,
        MapType.ARRAY_OF_MAPS,
        MapType.HASH_OF_MAPS,
        MapType.DEVMAP,
        MapType.DEVMAP_HASH,
        MapType.CPUMAP,
        MapType.XSKMAP,
        MapType.SOCKMAP,
        MapType.SOCKHASH,
        # Their value type is that of the records.
        MapType.RINGBUF,
        MapType.USER_RINGBUF,
    }
)
#: Types that the kernel refuses without BTF.
NEEDS_BTF = frozenset(
    {MapType.SK_STORAGE, MapType.INODE_STORAGE, MapType.TASK_STORAGE, MapType.CGRP_STORAGE, MapType.STRUCT_OPS}
)

_CREATE = Layout(bpf_attr.MAP_CREATE)


def create_struct_ops(spec: MapSpec, btf_fd: int) -> KernelMap:
    """Makes a struct_ops map, whose value is a struct of the kernel's. Raises KernelError, NotSupported, HookError."""
    from ebpf.kernel.struct_ops import Target

    target = Target(spec)
    module = target.open_module()
    try:
        attr = _CREATE(
            map_type=int(spec.type),
            key_size=4,
            value_size=target.size,
            max_entries=1,
            map_flags=spec.flags | (flags.BPF_F_VTYPE_BTF_OBJ_FD if module is not None else 0),
            map_name=object_name(spec.name),
            btf_fd=max(btf_fd, 0),
            btf_vmlinux_value_type_id=target.wrapper_id,
            value_type_btf_obj_fd=module.fd if module is not None else 0,
        )
        call = f"map {spec.name}: BPF_MAP_CREATE (struct_ops {target.name})"
        fd = sys.with_memlock(lambda: sys.bpf(Command.MAP_CREATE, attr, call))
    finally:
        if module is not None:
            module.close()
    return KernelMap(fd, spec, target.size)


def create(spec: MapSpec, inner: KernelMap | None, btf_fd: int = -1) -> KernelMap:
    """Makes the map that `spec` describes; nothing is in it yet. Raises KernelError."""
    if spec.type == MapType.STRUCT_OPS:
        return create_struct_ops(spec, btf_fd)
    max_entries = actual_entries(spec)
    call = f"map {spec.name}: BPF_MAP_CREATE ({spec.type.label})"
    map_flags = spec.flags
    if spec.numa_node is not None:
        map_flags |= flags.BPF_F_NUMA_NODE
    attr = _CREATE(
        map_type=int(spec.type),
        key_size=spec.key_size,
        value_size=spec.value_size,
        max_entries=max_entries,
        map_flags=map_flags,
        inner_map_fd=inner.fd if inner is not None else 0,
        numa_node=spec.numa_node or 0,
        map_name=object_name(spec.name),
        map_extra=spec.map_extra,
    )
    if btf_fd >= 0 and spec.type not in NO_BTF:
        _CREATE.set(attr, "btf_fd", btf_fd)
        _CREATE.set(attr, "btf_key_type_id", spec.key_type)
        _CREATE.set(attr, "btf_value_type_id", spec.value_type)
    fd = sys.with_memlock(lambda: sys.bpf(Command.MAP_CREATE, attr, call))
    return KernelMap(fd, spec if spec.max_entries == max_entries else spec.replace(max_entries=max_entries))


def make(spec: MapSpec, inner: object = None, types: ObjectTypes | None = None) -> KernelMap:
    """Makes a map, fills in the contents that are bytes, and freezes it if the spec says so. Raises KernelError,
    NotSupported. Nothing is left behind on an error."""
    if inner is not None and not isinstance(inner, KernelMap):
        raise TypeError(f"map {spec.name}: the inner map must be one of the kernel")
    btf_fd = (
        types.fd(spec.btf)
        if types is not None and spec.btf is not None and spec.value_type and spec.type not in NO_BTF
        else -1
    )
    try:
        try:
            made = create(spec, inner, btf_fd)
        except OSError as error:
            # What types are for is to show the map: most maps do without.
            if btf_fd < 0 or error.errno not in UNSUPPORTED or spec.type in NEEDS_BTF:
                raise
            made = create(spec, inner)
    except OSError as error:
        if error.errno == _errno.EINVAL and spec.type.since > sys.kernel_release():
            raise NotSupported(f"map {spec.name}: type {spec.type.label}", since=spec.type.since) from None
        if spec.type == MapType.STRUCT_OPS and spec.flags & flags.BPF_F_LINK and sys.kernel_release() < (6, 4):
            raise NotSupported(
                f"map {spec.name}: struct_ops by a link", since=(6, 4), hint='SEC(".struct_ops") needs none'
            ) from None
        if types is not None and spec.type in NEEDS_BTF and not getattr(error, "hint", ""):
            error.hint = types.refusal(spec.btf)  # type: ignore[attr-defined]
        elif error.errno == _errno.EINVAL and not spec.max_entries and isinstance(error, KernelError):
            error.hint = (
                error.hint or f"its max_entries is 0: set spec.maps[{spec.name!r}].max_entries before it is loaded"
            )
        if error.errno in (*UNSUPPORTED, _errno.E2BIG) and not getattr(error, "hint", ""):
            from ebpf.uapi.map_refusals import WANTS

            if spec.type in WANTS:
                error.hint = f"maps of type {spec.type.label} have {WANTS[spec.type]}"  # type: ignore[attr-defined]
        raise
    try:
        fill(made)
        if spec.frozen:
            made.freeze()
    except BaseException:
        made.close()
        raise
    return made


def from_fd(fd: int) -> KernelMap:
    """A map that exists, from a descriptor, which belongs to it from now on. Raises KernelError."""
    from ebpf.kernel.info import btf_by_id, describe

    try:
        info = describe("map", fd)
        spec = MapSpec(
            name=info["name"],
            type=MapType(info["type"]),
            key_size=info["key_size"],
            value_size=info["value_size"],
            max_entries=info["max_entries"],
            flags=info["map_flags"],
            map_extra=info["map_extra"],
            frozen=is_frozen(fd),
        )
        if info["btf_id"] and (info["btf_key_type_id"] or info["btf_value_type_id"]):
            spec.btf = btf_by_id(info["btf_id"])
            spec.key_type, spec.value_type = info["btf_key_type_id"], info["btf_value_type_id"]
    except BaseException:
        os.close(fd)
        raise
    return KernelMap(fd, spec)


def is_frozen(fd: int) -> bool:
    """Whether user space may only read a map: /proc tells (Linux 5.2)."""
    try:
        with open(f"/proc/self/fdinfo/{fd}") as file:
            return any(line.split() == ["frozen:", "1"] for line in file)
    except OSError:
        return False


def by_id(number: int) -> KernelMap:
    """A map that exists, by its id (Linux 4.13, CAP_SYS_ADMIN). Raises KernelError."""
    from ebpf.kernel.info import OBJ

    return from_fd(OBJ["map"].open(number))


def fill(made: KernelMap) -> None:
    """Puts in the contents that are bytes; a struct_ops map is filled when it is attached, its programs being loaded."""
    if made.spec.type == MapType.STRUCT_OPS:
        return
    entries = [(key, value) for key, value in made.spec.contents if not isinstance(value, str)]
    if made.spec.type == MapType.ARENA:
        # Its variables stand at its start; user space has all of it as memory before programs that use it are loaded.
        memory = made.memory()
        assert memory is not None
        for _, value in entries:
            if len(value) > len(memory):
                raise EbpfError(f"map {made.spec.name}: its variables take {len(value)} bytes, it has {len(memory)}")
            memory[: len(value)] = value
    elif len(entries) == 1:
        made.update(*entries[0])
    elif entries:
        for key, value in entries:
            if len(key) != made.spec.key_size or len(value) != made.value_bytes:
                raise ValueError(f"map {made.spec.name}: an entry of its contents has the wrong size")
        made.update_batch(b"".join(key for key, _ in entries), b"".join(value for _, value in entries))


def actual_entries(spec: MapSpec) -> int:
    """What max_entries the kernel is asked for: a ring buffer's is rounded up, a perf buffer has one for each CPU."""
    if spec.type == MapType.PERF_EVENT_ARRAY:
        return spec.max_entries or cpus.possible()
    return ring_size(spec.max_entries) if spec.type in (MapType.RINGBUF, MapType.USER_RINGBUF) else spec.max_entries


def ring_size(size: int) -> int:
    """The next size that a ring buffer may have: a power of two, and whole pages."""
    import mmap

    size = max(size, mmap.PAGESIZE)
    return 1 << (size - 1).bit_length()
