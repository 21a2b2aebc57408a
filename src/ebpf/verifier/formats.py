"""The format of bpf_snprintf() and its kin."""

from __future__ import annotations


def check_format(text: bytes, count: int) -> bool:
    """Whether the format is one of bpf_trace_printk's kind and takes at most `count` arguments."""
    used = i = 0
    if any(c >= 0x80 or (c < 0x20 and c not in b"\t\n\v\f\r") for c in text):
        return False
    while i < len(text):
        if text[i : i + 1] != b"%":
            i += 1
            continue
        i += 1
        if text[i : i + 1] == b"%":
            i += 1
            continue
        while text[i : i + 1] in (b"0", b"+", b"-", b" ", b"#"):
            i += 1
        while text[i : i + 1].isdigit():
            i += 1
        c = text[i : i + 1]
        if c == b"p":
            nxt = text[i + 1 : i + 2]
            if nxt in (b"k", b"u") and text[i + 2 : i + 3] == b"s":
                i += 3
            elif nxt in (b"I", b"i"):
                if text[i + 2 : i + 3] not in (b"4", b"6"):
                    return False
                i += 3
            elif nxt in (b"B", b"x", b"K", b"s", b"S"):
                i += 2
            elif not nxt or nxt.isspace() or not nxt.isalnum():
                i += 1
            else:
                return False
        elif c in (b"s", b"c"):
            i += 1
        else:
            while text[i : i + 1] == b"l":
                i += 1
            if text[i : i + 1] not in (b"d", b"i", b"u", b"x", b"X"):
                return False
            i += 1
        used += 1
        if used > count or used > 12:
            return False
    return True
