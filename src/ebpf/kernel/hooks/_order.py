"""A program's place among others on one hook (tcx, netkit, cgroups): the anchor."""

from __future__ import annotations

from ebpf.errors import HookError

#: BPF_F_BEFORE, BPF_F_AFTER; "first" is before everything, "last" after it.
_BEFORE, _AFTER, _ID = 1 << 3, 1 << 4, 1 << 5
#: BPF_F_LINK: the anchor is a link, not a program.
_ANCHOR_IS_LINK = 1 << 13
ANCHORS = {"": 0, "first": _BEFORE, "last": _AFTER, "before": _BEFORE, "after": _AFTER}


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
        return flags | _ID | (_ANCHOR_IS_LINK if kind else 0), number
    return flags, 0
