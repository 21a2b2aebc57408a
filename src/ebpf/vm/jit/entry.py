"""One run: the way into a program from outside. It is a module of its own with the program's functions, as a batch is
(batch_entry.py), so that what isn't asked for isn't compiled. `run(state)` gives r0."""

from __future__ import annotations

from ebpf.vm.jit.state import AT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.jit.module import Module

#: The program's main function. It sets `status` where something outside of it was called, or the run is over; if not, nothing
#: of the state has changed.
MAIN = """\
define internal i64 @main(ptr noalias %m, ptr %context, i64 %a1, i64 %a2, i64 %left_in, ptr %packet_in, i32 %length_in, i64 %item,
                          ptr noalias %status) #0 {"""

#: What the main function keeps in registers, put into the state for whoever is called; it says so to its own caller, too. One
#: function is quicker to compile than the same lines at each call, and the optimiser makes the lines of it again.
SAVE = """\
define internal void @save(ptr %m, ptr %left, ptr %packet, ptr %length, i64 %item, ptr %status) alwaysinline #0 {{
  %left_at = {left}
  %left_is = load i64, ptr %left
  store i64 %left_is, ptr %left_at
  store i64 1, ptr %status
  %item_at = {item}
  store i64 %item, ptr %item_at
  %packet_at = {packet}
  %packet_is = load ptr, ptr %packet
  store ptr %packet_is, ptr %packet_at
  %length_at = {length}
  %length_is = load i64, ptr %length
  store i64 %length_is, ptr %length_at
  ret void
}}
""".format(**AT)

#: The main function where the program calls its own, which then is one like the others.
WRAPPED = (
    MAIN.replace("{", "{{")
    + """
  %at1 = {left}
  store i64 %left_in, ptr %at1
  %at2 = {packet}
  store ptr %packet_in, ptr %at2
  %at3 = {length}
  %length_wide = zext i32 %length_in to i64
  store i64 %length_wide, ptr %at3
  %at4 = {item}
  store i64 %item, ptr %at4
  store i64 1, ptr %status
  %r = call i64 @f0(ptr %m, ptr %context, i64 0, i64 %a1, i64 %a2, i64 0, i64 0, i64 0)
  ret i64 %r
}}
"""
).format(**AT)

_RUN = """\
define i64 @run(ptr %m) #0 {{
  %status = alloca i64
  %at1 = {context}
  %c = load ptr, ptr %at1
  %r1 = ptrtoint ptr %c to i64
  %at2 = {argument}
  %r2 = load i64, ptr %at2
  %at3 = {left}
  %left = load i64, ptr %at3
  %at4 = {packet}
  %packet = load ptr, ptr %at4
  %at5 = {length}
  %length = load i64, ptr %at5
  %short = trunc i64 %length to i32
  %at6 = {item}
  %item = load i64, ptr %at6
  %r = call i64 @main(ptr %m, ptr %c, i64 %r1, i64 %r2, i64 %left, ptr %packet, i32 %short, i64 %item, ptr %status)
  ret i64 %r
}}
""".format(**AT)


def run_text(module: Module) -> str:
    """What is asked for one run: `run`."""
    return _RUN if module.has_main else WRAPPED + _RUN
