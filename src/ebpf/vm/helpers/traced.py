"""What a program does to a traced process. To any other task (this process, in tests) nothing is done: -EPERM."""

from __future__ import annotations

from ebpf.uapi.errno import EINVAL, EPERM
from ebpf.vm.helpers.registry import helper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine

_SIGNALS = 64


@helper
def override_return(m: Machine, context: int, result: int, r3: int, r4: int, r5: int) -> int:
    """The system call that is being entered isn't made, and gives `result`. In the kernel: CONFIG_BPF_KPROBE_OVERRIDE."""
    if not hasattr(m.task, "override"):
        return -EPERM
    m.task.override = result
    return 0


def signal(m: Machine, number: int, thread: bool) -> int:
    """Sends a signal to the task's process or `thread`: 0, or a negative errno."""
    number &= 0xFFFFFFFF
    if not 0 < number <= _SIGNALS:
        return -EINVAL
    if not hasattr(m.task, "send_signal"):
        return -EPERM
    return int(m.task.send_signal(number, thread))


@helper
def send_signal(m: Machine, number: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """To the process."""
    return signal(m, number, False)


@helper
def send_signal_thread(m: Machine, number: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """To the thread."""
    return signal(m, number, True)
