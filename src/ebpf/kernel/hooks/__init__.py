"""One file per kind of hook, each with `attach(engine, program, hook) -> KernelLink`. This table says which."""

from __future__ import annotations

from importlib import import_module

from ebpf import hooks
from ebpf.errors import NotSupported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.hooks import Hook
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.links import KernelLink
    from ebpf.kernel.programs import KernelProgram

#: The class of a hook → the module of this folder that attaches to it, imported when it is first used.
ATTACHERS: dict[type[Hook], str] = {
    hooks.Kprobe: "kprobe",
    hooks.Ksyscall: "kprobe",
    hooks.Tracepoint: "tracepoint",
    hooks.RawTracepoint: "raw_tracepoint",
}


def attach(engine: KernelEngine, program: KernelProgram, hook: Hook) -> KernelLink:
    """Attaches by the hook's class. Raises HookError, NotSupported or KernelError."""
    module = ATTACHERS.get(type(hook))
    if module is None:
        raise NotSupported(f"attaching to {type(hook).__name__} in the kernel")
    attacher = import_module(f"ebpf.kernel.hooks.{module}")
    link: KernelLink = attacher.attach(engine, program, hook)
    return link
