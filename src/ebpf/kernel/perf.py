"""Programs on perf events: kprobes, uprobes, tracepoints and samples all go this way."""

from __future__ import annotations

import errno as _errno

from ebpf.errors import HookError, NotSupported
from ebpf.kernel import sys
from ebpf.kernel.links import BpfLink, KernelLink
from ebpf.kernel.sys import Descriptor, Layout
from ebpf.uapi import bpf_attr
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.commands import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.hooks import Hook
    from ebpf.kernel.programs import KernelProgram

#: `struct perf_event_attr` of Linux 5.13 (PERF_ATTR_SIZE_VER7); `bits` are its flags from `disabled` on.
ATTR = Layout(
    "type:I size:I config:Q sample_period:Q sample_type:Q read_format:Q bits:Q wakeup_events:I bp_type:I config1:Q "
    "config2:Q branch_sample_type:Q sample_regs_user:Q sample_stack_user:I clockid:i sample_regs_intr:Q "
    "aux_watermark:I sample_max_stack:H _reserved:H aux_sample_size:I aux_action:I sig_data:Q"
)
TYPE_HARDWARE, TYPE_SOFTWARE, TYPE_TRACEPOINT, TYPE_HW_CACHE, TYPE_RAW = 0, 1, 2, 3, 4
BIT_FREQ = 1 << 10
#: PERF_EVENT_IOC_*: include/uapi/linux/perf_event.h, all of direction none but SET_BPF (write, u32).
IOC_ENABLE, IOC_SET_BPF = 0x2400, 0x40042408

_LINK = Layout(bpf_attr.LINK_CREATE_PERF_EVENT)
_has_link: bool | None = None

SOURCES = "/sys/bus/event_source/devices"


def source_type(name: str) -> int | None:
    """The number of a PMU ("kprobe", "uprobe"), None if this kernel has none."""
    try:
        with open(f"{SOURCES}/{name}/type") as file:
            return int(file.read())
    except OSError:
        return None


def return_bit(name: str) -> int:
    """The bit of `config` that makes a probe one of the return (format/retprobe holds "config:0")."""
    try:
        with open(f"{SOURCES}/{name}/format/retprobe") as file:
            return 1 << int(file.read().strip().rpartition(":")[2])
    except (OSError, ValueError):
        return 1


class PerfLink(KernelLink):
    """An attachment by ioctl, for kernels before 5.15: it lives as long as the event's descriptor."""

    def __init__(self, hook: Hook, event: Descriptor) -> None:
        super().__init__(hook)
        self._event = event

    @property
    def fd(self) -> int:
        return self._event.fd

    def close(self) -> None:
        self._event.close()


def attach(program: KernelProgram, event: Descriptor, hook: Hook, cookie: int = 0, mode: str = "") -> KernelLink:
    """Runs `program` at each `event`, by link (`mode` "link", Linux 5.15) or by ioctl ("event"); "" is the first that the
    kernel has. The event belongs to the link from now on; it is closed when this fails. Raises KernelError, NotSupported."""
    global _has_link
    try:
        if mode != "event" and (_has_link is not False or mode):
            attr = _LINK(
                prog_fd=program.fd, target_fd=event.fd, attach_type=int(AttachType.PERF_EVENT), bpf_cookie=cookie
            )
            try:
                fd = sys.bpf(Command.LINK_CREATE, attr, f"{event.what}: BPF_LINK_CREATE")
                _has_link = True
                return BpfLink(hook, fd, event)
            except OSError as error:
                # An older kernel knows neither the attach type nor the cookie behind it.
                if error.errno not in (_errno.EINVAL, _errno.E2BIG) or sys.kernel_release() >= (5, 15):
                    raise
                _has_link = False
                if mode:
                    raise NotSupported("a link on a perf event", since=(5, 15)) from None
        if cookie and mode:
            raise HookError(f'{event.what}: mode="event" has no cookie; mode="link" has one (Linux 5.15)')
        if cookie:
            raise NotSupported("a cookie on a perf event", since=(5, 15))
        sys.ioctl(event.fd, IOC_SET_BPF, program.fd, f"{event.what}: PERF_EVENT_IOC_SET_BPF")
        sys.ioctl(event.fd, IOC_ENABLE, 0, f"{event.what}: PERF_EVENT_IOC_ENABLE")
        return PerfLink(hook, event)
    except BaseException:
        event.close()
        raise
