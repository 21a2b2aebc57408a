"""kprobe and kretprobe, by the perf PMU "kprobe" (Linux 4.17) or by tracefs; system calls by their name."""

from __future__ import annotations

import errno as _errno

from ebpf.errors import HookError, NotSupported, did_you_mean
from ebpf.hooks import Kprobe, Ksyscall
from ebpf.kernel import perf, sys
from ebpf.kernel.sys import Descriptor, address, buffer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.links import KernelLink
    from ebpf.kernel.programs import KernelProgram

#: What the kernel function of a system call is called since 4.17: arch/*/include/asm/syscall_wrapper.h.
SYSCALL_PREFIX = {
    "x86_64": "__x64_",
    "i686": "__ia32_",
    "aarch64": "__arm64_",
    "riscv64": "__riscv_",
    "s390x": "__s390x_",
    "ppc64le": "",
    "loongarch64": "",
}
#: The ways to make a probe.
MODES = ("", "link", "event", "tracefs")
#: A name that isn't there, or is there more than once, or where no probe may be.
_NOT_THERE = (_errno.ENOENT, _errno.EADDRNOTAVAIL, _errno.EINVAL, _errno.EILSEQ)


def attach(engine: KernelEngine, program: KernelProgram, hook: Kprobe | Ksyscall) -> KernelLink:
    syscall = ""
    if isinstance(hook, Ksyscall):
        syscall = hook.syscall
        names = syscall_functions("sys_" + hook.syscall)[::-1]
        hook = Kprobe(hook.syscall, ret=hook.ret, cookie=hook.cookie)
    else:
        names = syscall_functions(hook.function)
        _check(hook)
    kind = perf.source_type("kprobe")
    by_tracefs = hook.maxactive or hook.mode == "tracefs" or (kind is None and not hook.mode)
    if kind is None and (not by_tracefs or not _tracefs_has_kprobes()):
        raise NotSupported("kprobes", why="this kernel was built without them (CONFIG_KPROBE_EVENTS)")
    error: OSError | None = None
    for name in names:
        try:
            if by_tracefs:
                from ebpf.kernel.hooks import kprobe_events

                what = f"{'kretprobe' if hook.ret else 'kprobe'}/{name} by tracefs"
                return kprobe_events.attach(program, hook, name, what)
            event = _open(kind or 0, name, hook.offset, hook.ret)
        except OSError as failed:
            if failed.errno not in _NOT_THERE:
                raise
            error = error or failed
            continue
        return perf.attach(program, event, hook, hook.cookie, hook.mode)
    assert error is not None
    raise HookError(_why(names, hook.offset, error, syscall)) from None


def _check(hook: Kprobe) -> None:
    what = f"{'kretprobe' if hook.ret else 'kprobe'}/{hook.function}"
    if not hook.function:
        raise HookError(f"{what}: say which function")
    if len(hook.function.split()) > 1:  # what tracefs would take for more than a name
        raise HookError(f"{what!r}: a function's name has no blanks")
    if hook.offset < 0:
        raise HookError(f"{what}: the offset {hook.offset} lies before the function")
    if hook.ret and hook.offset:
        raise HookError(f"{what}: a return has no offset")
    if hook.mode not in MODES:
        raise HookError(f"{what}: there is no mode {hook.mode!r}; there are {', '.join(MODES[1:])}")
    if hook.maxactive:
        if not hook.ret:
            raise HookError(f"{what}: maxactive counts calls that wait for their return: it needs ret=True")
        if not 0 < hook.maxactive <= 4096:
            raise HookError(f"{what}: maxactive {hook.maxactive} lies outside 1 to 4096")
        if hook.mode not in ("", "tracefs"):
            raise HookError(f'{what}: only mode="tracefs" has maxactive')


def _tracefs_has_kprobes() -> bool:
    from ebpf.kernel import tracefs

    return tracefs.exists("kprobe_events")


def syscall_functions(name: str) -> list[str]:
    """The functions to try for `name`: as it is written, then, for a system call, as this machine calls it."""
    prefix = SYSCALL_PREFIX.get(sys.machine, "")
    return [name, prefix + name] if prefix and name.startswith("sys_") else [name]


def _open(kind: int, name: str, offset: int, ret: bool) -> Descriptor:
    text = buffer(name.encode() + b"\0")
    attr = perf.ATTR(
        type=kind,
        size=perf.ATTR.size,
        config=perf.return_bit("kprobe") if ret else 0,
        config1=address(text),
        config2=offset,
    )
    what = f"{'kretprobe' if ret else 'kprobe'}/{name}{f'+{offset:#x}' if offset else ''}"
    # One event on one CPU is enough: the probe itself fires on all.
    return Descriptor(sys.perf_event_open(attr, -1, 0, f"{what}: perf_event_open"), what)


def _why(names: list[str], offset: int, error: OSError, syscall: str) -> str:
    from ebpf.kernel import kallsyms, tracefs

    functions = kallsyms.functions()
    there = [name for name in names if name in functions]
    if there:
        # tracefs says EINVAL of that, too.
        if error.errno == _errno.EADDRNOTAVAIL or there[0] not in kallsyms.unique_functions():
            return f"the kernel has more than one function {there[0]}: a kprobe needs one"
        if offset:
            return f"{there[0]}+{offset:#x} is not the start of an instruction that can be probed"
        return f"the kernel doesn't let {there[0]} be probed (it is on its blacklist): {error.strerror}"
    if syscall:
        prefix = names[0].removesuffix(syscall)
        known = {name.removeprefix(prefix) for name in functions if name.startswith(prefix)}
        return f"the kernel has no system call {syscall}" + did_you_mean(syscall, known)
    if set("*?[") & set(names[0]):
        return f'the kernel has no function {names[0]}; a pattern takes SEC("kprobe.multi")'
    known = tracefs.traceable_functions() or functions
    close = did_you_mean(names[0], known)
    return f"the kernel has no function {names[0]}{close or ': one that the compiler inlined has no place of its own'}"
