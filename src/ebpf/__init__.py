"""eBPF for Python: the same object file runs in the Linux kernel or inside the process.

    import ebpf

    spec = ebpf.compile("execve_count.bpf.c")          # or ebpf.read("execve_count.bpf.o")
    with ebpf.load(spec) as obj:                       # in the kernel if this process may, else in this process
        with obj.programs["kprobe_execve"].attach():   # the hook its section names
            print(obj.maps["kprobe_map"][0])           # maps are mappings, typed by BTF

Names are imported where they are first used, so that `import ebpf` costs next to nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf import asm as asm
    from ebpf import btf as btf
    from ebpf import build as build
    from ebpf import capture as capture
    from ebpf import hooks as hooks
    from ebpf import kernel as kernel
    from ebpf import stacks as stacks
    from ebpf import testing as testing
    from ebpf import verifier as verifier
    from ebpf import vm as vm
    from ebpf.api import compile as compile
    from ebpf.api import create_map as create_map
    from ebpf.api import enable_stats as enable_stats
    from ebpf.api import link as link
    from ebpf.api import load as load
    from ebpf.api import open_link as open_link
    from ebpf.api import open_map as open_map
    from ebpf.api import open_program as open_program
    from ebpf.api import read as read
    from ebpf.errors import AsmError as AsmError
    from ebpf.errors import BtfError as BtfError
    from ebpf.errors import CaptureError as CaptureError
    from ebpf.errors import Closed as Closed
    from ebpf.errors import CompileError as CompileError
    from ebpf.errors import EbpfError as EbpfError
    from ebpf.errors import Fault as Fault
    from ebpf.errors import HookError as HookError
    from ebpf.errors import KernelError as KernelError
    from ebpf.errors import NotSupported as NotSupported
    from ebpf.errors import ObjectError as ObjectError
    from ebpf.errors import RelocationError as RelocationError
    from ebpf.errors import VerifierError as VerifierError
    from ebpf.objects.map import Map as Map
    from ebpf.objects.object import Object as Object
    from ebpf.objects.program import Program as Program
    from ebpf.objects.variable import Variable as Variable
    from ebpf.spec import MapSpec as MapSpec
    from ebpf.spec import ObjectSpec as ObjectSpec
    from ebpf.spec import ProgramSpec as ProgramSpec
    from ebpf.spec import VariableSpec as VariableSpec
    from ebpf.uapi.attach_types import AttachType as AttachType
    from ebpf.uapi.map_types import MapType as MapType
    from ebpf.uapi.prog_types import ProgType as ProgType

__version__ = "0.1.0"

#: public name → the module that has it
_HOMES = {
    **dict.fromkeys(
        ("compile", "create_map", "enable_stats", "link", "load", "open_link", "open_map", "open_program", "read"), "ebpf.api"
    ),
    **dict.fromkeys(
        (
            "AsmError", "BtfError", "CaptureError", "Closed", "CompileError", "EbpfError", "Fault", "HookError", "KernelError",
            "NotSupported", "ObjectError", "RelocationError", "VerifierError",
        ),
        "ebpf.errors",
    ),
    "Map": "ebpf.objects.map",
    "Object": "ebpf.objects.object",
    "Program": "ebpf.objects.program",
    "Variable": "ebpf.objects.variable",
    **dict.fromkeys(("MapSpec", "ObjectSpec", "ProgramSpec", "VariableSpec"), "ebpf.spec"),
    "AttachType": "ebpf.uapi.attach_types",
    "MapType": "ebpf.uapi.map_types",
    "ProgType": "ebpf.uapi.prog_types",
}  # fmt: skip

#: Modules that are there as `ebpf.build`, without an import of their own.
_MODULES = frozenset(("asm", "btf", "build", "capture", "hooks", "kernel", "stacks", "testing", "verifier", "vm"))

__all__ = ["__version__", "hooks", *_HOMES]


def __getattr__(name: str) -> object:
    # `importlib` would import `warnings`, too: half a millisecond of every start.
    if name in _HOMES:
        value: object = getattr(__import__(_HOMES[name], fromlist=[name]), name)
    elif name in _MODULES:
        value = __import__(f"ebpf.{name}", fromlist=["__doc__"])
    else:
        raise AttributeError(f"module 'ebpf' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
