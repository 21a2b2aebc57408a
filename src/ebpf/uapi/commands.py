"""Commands of bpf(2).

Numbers are those of `enum bpf_cmd` in Linux 6.18; `since` is the first Linux release that has the row
(the release whose tree first holds it). `UNSPEC` (0) is left out where it means nothing.
"""

from __future__ import annotations

from ebpf.uapi.numbers import Numbers


class Command(Numbers):
    """`enum bpf_cmd`. `label` is the name as bpftool writes it."""

    since: tuple[int, int]

    MAP_CREATE = 0, (3, 18)
    MAP_LOOKUP_ELEM = 1, (3, 18)
    MAP_UPDATE_ELEM = 2, (3, 18)
    MAP_DELETE_ELEM = 3, (3, 18)
    MAP_GET_NEXT_KEY = 4, (3, 18)
    PROG_LOAD = 5, (3, 18)
    OBJ_PIN = 6, (4, 4)
    OBJ_GET = 7, (4, 4)
    PROG_ATTACH = 8, (4, 10)
    PROG_DETACH = 9, (4, 10)
    PROG_TEST_RUN = 10, (4, 12)
    PROG_GET_NEXT_ID = 11, (4, 13)
    MAP_GET_NEXT_ID = 12, (4, 13)
    PROG_GET_FD_BY_ID = 13, (4, 13)
    MAP_GET_FD_BY_ID = 14, (4, 13)
    OBJ_GET_INFO_BY_FD = 15, (4, 13)
    PROG_QUERY = 16, (4, 15)
    RAW_TRACEPOINT_OPEN = 17, (4, 17)
    BTF_LOAD = 18, (4, 18)
    BTF_GET_FD_BY_ID = 19, (4, 18)
    TASK_FD_QUERY = 20, (4, 18)
    MAP_LOOKUP_AND_DELETE_ELEM = 21, (4, 20)
    MAP_FREEZE = 22, (5, 2)
    BTF_GET_NEXT_ID = 23, (5, 4)
    MAP_LOOKUP_BATCH = 24, (5, 6)
    MAP_LOOKUP_AND_DELETE_BATCH = 25, (5, 6)
    MAP_UPDATE_BATCH = 26, (5, 6)
    MAP_DELETE_BATCH = 27, (5, 6)
    LINK_CREATE = 28, (5, 7)
    LINK_UPDATE = 29, (5, 7)
    LINK_GET_FD_BY_ID = 30, (5, 8)
    LINK_GET_NEXT_ID = 31, (5, 8)
    ENABLE_STATS = 32, (5, 8)
    ITER_CREATE = 33, (5, 8)
    LINK_DETACH = 34, (5, 9)
    PROG_BIND_MAP = 35, (5, 10)
    TOKEN_CREATE = 36, (6, 9)
    PROG_STREAM_READ_BY_FD = 37, (6, 17)

    @property
    def label(self) -> str:
        return self.name.lower()
