"""Objects of the program's own (bpf_obj_new), and the lists and trees that they are kept in."""

from __future__ import annotations

from ebpf.btf import Array, DataSec, DeclTag, Struct
from ebpf.uapi.btf import Kind as BtfKind
from ebpf.verifier import fields as special
from ebpf.verifier.callbacks import push_callback
from ebpf.verifier.messages import Refusal
from ebpf.verifier.objects import fields_of, only_scalars, type_name
from ebpf.verifier.regs import ALLOC, BTF_ID, KIND, MAP_VALUE, NON_OWN_REF, PERCPU, MapInfo, Reg

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ebpf.btf import Btf
    from ebpf.verifier.core import Verifier
    from ebpf.verifier.kfunc_arguments import Call
    from ebpf.verifier.state import Frame

FIELDS = frozenset(("bpf_list_head", "bpf_list_node", "bpf_rb_root", "bpf_rb_node"))
PUSHES = frozenset(("bpf_list_push_front_impl", "bpf_list_push_back_impl", "bpf_rbtree_add_impl"))
#: What shows a node and leaves it where it is: the pointer is borrowed, as long as the lock is held.
LOOKS = frozenset(
    ("bpf_rbtree_first", "bpf_rbtree_root", "bpf_rbtree_left", "bpf_rbtree_right", "bpf_list_front", "bpf_list_back")
)
POPS = frozenset(("bpf_list_pop_front", "bpf_list_pop_back", "bpf_rbtree_remove")) | LOOKS
UNDER_LOCK = PUSHES | POPS | {"bpf_refcount_acquire_impl"}
_OWN = BTF_ID | ALLOC


def new_object(v: Verifier, call: Call, name: str) -> Reg:
    btf = v.program.btf
    type_id = call.constant or 0
    if btf is None:
        raise Refusal("btf", "bpf_obj_new/bpf_percpu_obj_new requires prog BTF")
    found = btf.type(type_id) if 0 <= type_id < len(btf) else None
    if type(found) is not Struct:
        raise Refusal("kfunc", "bpf_obj_new/bpf_percpu_obj_new type ID argument must be of a struct")
    percpu = name == "bpf_percpu_obj_new_impl"
    if percpu:
        if btf.size(type_id) > 512:
            raise Refusal("kfunc", f"bpf_percpu_obj_new type size ({btf.size(type_id)}) is greater than 512")
        if special.find(btf, type_id):
            raise Refusal("kfunc", "bpf_percpu_obj_new type ID argument must not contain special fields")
        if not only_scalars(btf, type_id):
            raise Refusal("kfunc", "bpf_percpu_obj_new type ID argument must be of a struct of scalars")
    return Reg(_OWN | (PERCPU if percpu else 0), aux=(btf, type_id, found.name))


def has_lock(reg: Reg) -> bool:
    if reg.type & KIND != BTF_ID or not reg.type & ALLOC:
        return False
    return any("spin_lock" in field[0] for field in fields_of(reg).values())


def refcounted(call: Call, n: int, regno: int, reg: Reg) -> None:
    if reg.type & KIND != BTF_ID or not reg.type & ALLOC:
        raise Refusal("kfunc", f"arg#{n} is neither owning or non-owning ref", register=regno, value=reg)
    if not any(field[0] == "bpf_refcount" for field in fields_of(reg).values()):
        raise Refusal("kfunc", f"arg#{n} doesn't point to a type with bpf_refcount field", register=regno, value=reg)
    call.struct = reg.aux
    call.owns = not reg.type & NON_OWN_REF
    call.ref = 0


def argument(v: Verifier, call: Call, name: str, wanted: str, n: int, regno: int, reg: Reg) -> None:
    """A list, tree, or node of one."""
    root = wanted in ("bpf_list_head", "bpf_rb_root")
    if root:
        if reg.type not in (MAP_VALUE, _OWN):
            raise Refusal(
                "kfunc", f"arg#{n} expected pointer to map value or allocated object", register=regno, value=reg
            )
        if reg.type == _OWN and not reg.ref:
            raise Refusal("kfunc", "allocated object must be referenced", register=regno, value=reg)
    elif wanted == "bpf_rb_node" and name != "bpf_rbtree_add_impl":
        if not reg.type & NON_OWN_REF and not reg.ref:
            raise Refusal(
                "kfunc",
                f"{name} can only take non-owning or refcounted bpf_rb_node pointer",
                register=regno,
                value=reg,
            )
        if any(
            f.in_callback
            and f.return_range == (0, 1)
            and f.callsite >= 0
            and v.flow.kfunc_at(f.callsite) == "bpf_rbtree_add_impl"
            for f in v.frames
        ):
            raise Refusal("kfunc", f"{name} not allowed in rbtree cb", register=regno, value=reg)
    else:
        if reg.type != _OWN:
            raise Refusal("kfunc", f"arg#{n} expected pointer to allocated object", register=regno, value=reg)
        if not reg.ref:
            raise Refusal("kfunc", "allocated object must be referenced", register=regno, value=reg)
    if reg.s.const is None:
        raise Refusal(
            "kfunc",
            f"R{regno} doesn't have constant offset. {wanted} has to be at the constant offset",
            register=regno,
            value=reg,
        )
    at = reg.off + reg.s.const
    field = fields_of(reg).get(at)
    if field is None or field[0] != wanted:
        raise Refusal("kfunc", f"{wanted} not found at offset={at}", register=regno, value=reg)
    if root:
        _check_locked(v, reg, wanted)
        call.root = wanted, _contained(reg, at)
    else:
        container, contained = call.root
        if contained is not None:
            btf, type_id, node_at = contained
            mine = reg.aux
            if mine[0] is not btf or btf.resolve(mine[1]) != btf.resolve(type_id) or node_at != at:
                raise Refusal(
                    "kfunc", f"operation on {container} expects arg#1 {wanted} at offset={node_at} in struct "
                    f"{type_name(btf, type_id)}, but arg is at offset={at} in struct {mine[2]}",
                    register=regno, value=reg,
                )  # fmt: skip
        call.struct = reg.aux
        call.ref = reg.ref


def _check_locked(v: Verifier, reg: Reg, wanted: str) -> None:
    held = v.state.lock()
    owner = reg.aux
    if not any("spin_lock" in field[0] for field in fields_of(reg).values()):
        raise Refusal("lock", f"{wanted} must be in an object that has a bpf_spin_lock")
    if held is None or held.id != reg.id or not (held.what is owner or held.what == owner):
        raise Refusal(
            "lock",
            f"bpf_spin_lock at off=0 must be held for {wanted}",
            value=reg,
            required="the lock beside the list or tree",
        )


def _contained(reg: Reg, at: int) -> tuple[Btf, int, int] | None:
    """What a list or tree holds, by its `contains:struct:member` tag: (types, struct, offset of the node in it)."""
    if isinstance(reg.aux, MapInfo):
        btf, type_id = reg.aux.spec.btf, reg.aux.spec.value_type
    else:
        btf, type_id, _ = reg.aux
    if btf is None:
        return None
    for _, tag in btf:
        if not (isinstance(tag, DeclTag) and tag.name.startswith("contains:")):
            continue
        if not _tagged(btf, btf.resolve(type_id), tag, at):
            continue
        _, struct, member = tag.name.split(":")
        found = btf.find(struct, BtfKind.STRUCT)
        if found is None:
            return None
        contained: Any = btf.type(found)
        try:
            return btf, found, contained.member(member).bit_offset // 8
        except KeyError:
            return None
    return None


def _tagged(btf: Btf, type_id: int, tag: DeclTag, at: int) -> bool:
    """Whether the tag is on the member or variable at `at`, or on the array that has an element there."""
    t = btf.type(type_id)
    if isinstance(t, Array):
        size = btf.size(t.type)
        return bool(size) and 0 <= at < size * t.nelems and _tagged(btf, btf.resolve(t.type), tag, at % size)
    if isinstance(t, Struct):
        for n, member in enumerate(t.members):
            own = tag.type == type_id and tag.component == n
            if _tagged_part(btf, btf.resolve(member.type), tag, at - member.bit_offset // 8, own):
                return True
    elif isinstance(t, DataSec):
        for variable in t.variables:
            inner: Any = btf.type(variable.type)
            if _tagged_part(btf, btf.resolve(inner.type), tag, at - variable.offset, tag.type == variable.type):
                return True
    return False


def _tagged_part(btf: Btf, type_id: int, tag: DeclTag, at: int, own: bool) -> bool:
    if at < 0 or not own:
        return at >= 0 and _tagged(btf, type_id, tag, at)
    while isinstance(array := btf.type(type_id), Array):
        if at >= btf.size(type_id):
            return False
        type_id = btf.resolve(array.type)
        at %= btf.size(type_id) or 1
    return at == 0


def popped(call: Call) -> Reg:
    contained = call.root[1]
    if contained is None:
        raise Refusal("btf", "what the list or tree contains is not told by a tag")
    btf, type_id, at = contained
    return Reg(_OWN, off=at, aux=(btf, type_id, type_name(btf, type_id)))


def borrow(reg: Reg) -> Reg:
    """A reference that lasts as long as the lock."""
    return reg.but(type=reg.type | NON_OWN_REF)


def pushed(v: Verifier, call: Call) -> None:
    """The object is the list's or tree's now; what the program has of it is only borrowed."""
    ref = call.ref
    state = v.state

    def change(reg: Reg) -> Reg | None:
        if reg.ref == ref and reg.type & KIND == BTF_ID:
            return Reg(reg.type | NON_OWN_REF, reg.s, reg.off, reg.id, 0, reg.aux, reg.uid)
        return None

    state.replace_regs(change)
    state.held = tuple(h for h in state.held if h.id != ref or h.kind != "ptr")


def push_less(v: Verifier, call: Call, i: int) -> None:
    """bpf_rbtree_add()'s comparison, run with two borrowed nodes."""
    contained = call.root[1]
    if contained is None:
        raise Refusal("btf", "what the tree contains is not told by a tag")
    btf, type_id, at = contained
    node = Reg(_OWN | NON_OWN_REF, off=at, aux=(btf, type_id, type_name(btf, type_id)))

    def fill(callee: Frame) -> None:
        callee.regs[1] = node.but(id=v.new_id())
        callee.regs[2] = node.but(id=v.new_id())
        callee.return_range = (0, 1)

    push_callback(v, i, call.subprog, fill)
