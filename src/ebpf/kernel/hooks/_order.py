"""A program's place among others on one hook (tcx, netkit, cgroups): the anchor."""

from __future__ import annotations

from ebpf.errors import HookError
from ebpf.uapi.flags import BPF_F_AFTER, BPF_F_BEFORE, BPF_F_ID, BPF_F_LINK

#: "first" is before everything, "last" after it.
ANCHORS = {"": 0, "first": BPF_F_BEFORE, "last": BPF_F_AFTER, "before": BPF_F_BEFORE, "after": BPF_F_AFTER}


def anchor_flags(anchor: tuple[str, int]) -> tuple[int, int]:
    """(flags, relative id) of an anchor. "before" and "after" name a program by its id, "before-link" and "after-link"
    a link by its id. Raises HookError."""
    if not isinstance(anchor, tuple) or len(anchor) != 2:
        raise HookError(f'an anchor is a pair, as ("first", 0) or ("before", 57), not {anchor!r}')
    word, number = anchor
    name, _, kind = word.partition("-")
    if name not in ANCHORS or kind not in ("", "link"):
        raise HookError(f"no anchor {word!r}; there are first, last, before, after, before-link, after-link")
    flags = ANCHORS[name]
    if name in ("before", "after"):
        if number <= 0:
            raise HookError(f"the anchor {word!r} needs the id of a {kind or 'program'}")
        return flags | BPF_F_ID | (BPF_F_LINK if kind else 0), number
    return flags, 0
