"""Kernel functions for allocated objects: bpf_obj_new and bpf_obj_drop, references, linked lists, red-black trees.

Their fields are opaque to programs. Here, in 64-bit words, addresses all: a list's head holds its first and last node, a node the
next, the previous and the head that it is in; a tree's root holds the topmost node, a node its left, right, parent and root.
Trees are balanced by chance: a node stands above those that a hash of their address puts below it. Each step takes from the
budget.
"""

from __future__ import annotations

from struct import Struct

from ebpf.errors import Fault
from ebpf.uapi.errno import EINVAL
from ebpf.vm.helpers.registry import kfunc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine

_HEAD, _NODE, _TREE_NODE = Struct("=QQ"), Struct("=QQQ"), Struct("=QQQQ")


def _size_of(m: Machine, type_id: int) -> int:
    """The bytes of a struct of the program's own. Raises Fault."""
    btf = m.program.spec.btf
    found = btf.type(btf.resolve(type_id)) if btf is not None and 0 < type_id < len(btf) else None
    size = getattr(found, "size", 0)
    if not size:
        raise Fault(f"bpf_obj_new of type {type_id}, which is no struct of the program", program=m.program.spec.name)
    return int(size)


@kfunc
def bpf_obj_new_impl(m: Machine, type_id: int, meta: int, r3: int, r4: int, r5: int) -> int:
    """A cleared object of a type of the program's own, or 0."""
    return m.engine.objects.make(_size_of(m, type_id))


@kfunc
def bpf_percpu_obj_new_impl(m: Machine, type_id: int, meta: int, r3: int, r4: int, r5: int) -> int:
    """A cleared object for each CPU (Linux 6.7), or 0. bpf_this_cpu_ptr and bpf_per_cpu_ptr give a CPU's own."""
    return m.engine.objects.make_per_cpu(_size_of(m, type_id), m.engine.cpus)


@kfunc
def bpf_percpu_obj_drop_impl(m: Machine, address: int, meta: int, r3: int, r4: int, r5: int) -> int:
    return bpf_obj_drop_impl(m, address, meta, 0, 0, 0)


@kfunc
def bpf_obj_drop_impl(m: Machine, address: int, meta: int, r3: int, r4: int, r5: int) -> int:
    """Gives an object back."""
    if not m.engine.objects.drop(address):
        raise Fault(f"{address:#x} is no object to give back", program=m.program.spec.name, address=address)
    return 0


@kfunc
def bpf_refcount_acquire_impl(m: Machine, address: int, meta: int, r3: int, r4: int, r5: int) -> int:
    """The same object, held once more; 0 if it is none."""
    return address if m.engine.objects.hold(address) else 0


def _refused(m: Machine, node: int) -> int:
    """A node that is in some list or tree already can't be put into another: it is given back."""
    m.engine.objects.drop(m.engine.objects.find(node))
    return -EINVAL


# -- lists


def _push(m: Machine, head: int, node: int, *, front: bool) -> int:
    if _NODE.unpack(m.read(node, _NODE.size))[2]:
        return _refused(m, node)
    first, last = _HEAD.unpack(m.read(head, _HEAD.size))
    beside = first if front else last
    m.write(node, _NODE.pack(first if front else 0, 0 if front else last, head))
    if beside:
        following, previous, mine = _NODE.unpack(m.read(beside, _NODE.size))
        m.write(beside, _NODE.pack(following if front else node, node if front else previous, mine))
    m.write(head, _HEAD.pack(node if front or not first else first, last if front and last else node))
    return 0


def _pop(m: Machine, head: int, *, front: bool) -> int:
    first, last = _HEAD.unpack(m.read(head, _HEAD.size))
    node: int = first if front else last
    if not node:
        return 0
    following, previous, _ = _NODE.unpack(m.read(node, _NODE.size))
    m.write(node, bytes(_NODE.size))
    beside = following if front else previous
    if beside:
        after, before, mine = _NODE.unpack(m.read(beside, _NODE.size))
        m.write(beside, _NODE.pack(after if front else 0, 0 if front else before, mine))
        m.write(head, _HEAD.pack(beside if front else first, last if front else beside))
    else:
        m.write(head, bytes(_HEAD.size))
    return node


@kfunc
def bpf_list_push_front_impl(m: Machine, head: int, node: int, meta: int, offset: int, r5: int) -> int:
    """0, or -EINVAL for a node that is in a list: it is given back then."""
    return _push(m, head, node, front=True)


@kfunc
def bpf_list_push_back_impl(m: Machine, head: int, node: int, meta: int, offset: int, r5: int) -> int:
    return _push(m, head, node, front=False)


@kfunc
def bpf_list_pop_front(m: Machine, head: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """The node, or 0 of an empty list."""
    return _pop(m, head, front=True)


@kfunc
def bpf_list_pop_back(m: Machine, head: int, r2: int, r3: int, r4: int, r5: int) -> int:
    return _pop(m, head, front=False)


@kfunc
def bpf_list_front(m: Machine, head: int, r2: int, r3: int, r4: int, r5: int) -> int:
    return int(_HEAD.unpack(m.read(head, _HEAD.size))[0])


@kfunc
def bpf_list_back(m: Machine, head: int, r2: int, r3: int, r4: int, r5: int) -> int:
    return int(_HEAD.unpack(m.read(head, _HEAD.size))[1])


# -- trees

_LEFT, _RIGHT, _PARENT, _ROOT = range(4)


def _get(m: Machine, node: int, which: int) -> int:
    return int(_TREE_NODE.unpack(m.read(node, _TREE_NODE.size))[which])


def _set(m: Machine, node: int, which: int, value: int) -> None:
    m.store(node + 8 * which, 8, value)


def _topmost(m: Machine, root: int) -> int:
    return int(_HEAD.unpack(m.read(root, _HEAD.size))[0])


@kfunc
def bpf_rbtree_add_impl(m: Machine, root: int, node: int, less: int, meta: int, offset: int) -> int:
    """Puts a node where `less(node, other)` says: 0, or -EINVAL for one that is in a tree: it is given back then."""
    if _get(m, node, _ROOT):
        return _refused(m, node)
    parent, side, place = 0, 0, _topmost(m, root)
    while place:
        m.charge(1)
        parent, side = place, _LEFT if m.call(less, node, place) & 0xFF else _RIGHT
        place = _get(m, place, side)
    m.write(node, _TREE_NODE.pack(0, 0, parent, root))
    if parent:
        _set(m, parent, side, node)
    else:
        m.store(root, 8, node)
    while parent and _rank(parent) < _rank(node):
        m.charge(1)
        _lift(m, root, node)
        parent = _get(m, node, _PARENT)
    return 0


@kfunc
def bpf_rbtree_first(m: Machine, root: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """The least node, or 0."""
    node = _topmost(m, root)
    while node and (left := _get(m, node, _LEFT)):
        m.charge(1)
        node = left
    return node


@kfunc
def bpf_rbtree_root(m: Machine, root: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """The topmost node (Linux 6.16), or 0."""
    return _topmost(m, root)


@kfunc
def bpf_rbtree_left(m: Machine, root: int, node: int, r3: int, r4: int, r5: int) -> int:
    """The node beneath a node to the left (Linux 6.16); 0 where there is none, or the node isn't in that tree."""
    return _get(m, node, _LEFT) if _get(m, node, _ROOT) == root else 0


@kfunc
def bpf_rbtree_right(m: Machine, root: int, node: int, r3: int, r4: int, r5: int) -> int:
    return _get(m, node, _RIGHT) if _get(m, node, _ROOT) == root else 0


@kfunc
def bpf_rbtree_remove(m: Machine, root: int, node: int, r3: int, r4: int, r5: int) -> int:
    """Takes a node out; 0 if it isn't in that tree."""
    left, right, parent, mine = _TREE_NODE.unpack(m.read(node, _TREE_NODE.size))
    if mine != root:
        return 0
    while left and right:
        m.charge(1)
        _lift(m, root, left if _rank(right) < _rank(left) else right)
        left, right, parent, _ = _TREE_NODE.unpack(m.read(node, _TREE_NODE.size))
    heir = left or right
    _replace(m, root, node, parent, heir)
    if heir:
        _set(m, heir, _PARENT, parent)
    m.write(node, bytes(_TREE_NODE.size))
    return node


def _rank(node: int) -> int:
    return node * 0x9E3779B97F4A7C15 >> 16 & 0xFFFFFFFF


def _lift(m: Machine, root: int, node: int) -> None:
    """A node and its parent change places; the order stays."""
    parent = _get(m, node, _PARENT)
    grand = _get(m, parent, _PARENT)
    side = _LEFT if _get(m, parent, _LEFT) == node else _RIGHT
    other = _RIGHT if side == _LEFT else _LEFT
    between = _get(m, node, other)
    _set(m, parent, side, between)
    if between:
        _set(m, between, _PARENT, parent)
    _replace(m, root, parent, grand, node)
    _set(m, node, other, parent)
    _set(m, node, _PARENT, grand)
    _set(m, parent, _PARENT, node)


def _replace(m: Machine, root: int, node: int, parent: int, heir: int) -> None:
    """Another stands where a node stood beneath its parent."""
    if parent:
        _set(m, parent, _LEFT if _get(m, parent, _LEFT) == node else _RIGHT, heir)
    else:
        m.store(root, 8, heir)
