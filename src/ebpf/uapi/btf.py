"""BTF: the numbers of its format, as in Linux's `include/uapi/linux/btf.h` and `bpf.h` of 6.18.

`since` is the first Linux release that reads the kind.
"""

from __future__ import annotations

from ebpf.uapi.numbers import Numbers

#: The first two bytes of a `.BTF` or `.BTF.ext` section, in the byte order of the section.
MAGIC = 0xEB9F
VERSION = 1
#: Bytes of the header of `.BTF`: magic, version, flags, hdr_len, type_off, type_len, str_off, str_len.
HEADER_SIZE = 24


class Kind(Numbers):
    """`BTF_KIND_*`. `label` is the name as bpftool writes it."""

    since: tuple[int, int]

    UNKN = 0, (4, 18)
    INT = 1, (4, 18)
    PTR = 2, (4, 18)
    ARRAY = 3, (4, 18)
    STRUCT = 4, (4, 18)
    UNION = 5, (4, 18)
    ENUM = 6, (4, 18)
    FWD = 7, (4, 18)
    TYPEDEF = 8, (4, 18)
    VOLATILE = 9, (4, 18)
    CONST = 10, (4, 18)
    RESTRICT = 11, (4, 18)
    FUNC = 12, (5, 0)
    FUNC_PROTO = 13, (5, 0)
    VAR = 14, (5, 2)
    DATASEC = 15, (5, 2)
    FLOAT = 16, (5, 13)
    DECL_TAG = 17, (5, 16)
    TYPE_TAG = 18, (5, 17)
    ENUM64 = 19, (6, 0)

    @property
    def label(self) -> str:
        return self.name


# The encoding bits of an INT.
INT_SIGNED, INT_CHAR, INT_BOOL = 1, 2, 4

# Linkage of a FUNC (enum btf_func_linkage) or a VAR.
STATIC, GLOBAL, EXTERN = range(3)


class CoreKind(Numbers):
    """`enum bpf_core_relo_kind`: what a CO-RE relocation asks about its target. `label` is the word libbpf's log has for it."""

    label: str

    FIELD_BYTE_OFFSET = 0, "byte_off"
    FIELD_BYTE_SIZE = 1, "byte_sz"
    FIELD_EXISTS = 2, "field_exists"
    FIELD_SIGNED = 3, "signed"
    FIELD_LSHIFT_U64 = 4, "lshift_u64"
    FIELD_RSHIFT_U64 = 5, "rshift_u64"
    TYPE_ID_LOCAL = 6, "local_type_id"
    TYPE_ID_TARGET = 7, "target_type_id"
    TYPE_EXISTS = 8, "type_exists"
    TYPE_SIZE = 9, "type_size"
    ENUMVAL_EXISTS = 10, "enumval_exists"
    ENUMVAL_VALUE = 11, "enumval_value"
    TYPE_MATCHES = 12, "type_matches"


#: The helper number that a relocation without a target calls: no kernel has it, so the verifier refuses the place if it
#: can be reached. The same number as libbpf's, so that its readers recognise it.
BAD_RELOCATION = 195896080
