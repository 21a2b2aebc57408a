"""Objects that programs allocate (bpf_obj_new): kept by the engine, since lists, trees and kptrs in maps outlive a run.

Memory of an object that is given back is never given to the system again, only to another object: whoever still has its address
reaches nothing but objects.
"""

from __future__ import annotations

from bisect import bisect_right, insort

from ebpf.vm.memory import Block

#: What an engine's programs may have in all, in bytes.
MOST = 64 << 20


class Objects:
    """`make` gives an address, `drop` takes it back; `window` finds the object that an access lies in."""

    __slots__ = ("_bases", "_free", "_strides", "_total", "blocks", "references")

    def __init__(self) -> None:
        self._bases: list[int] = []
        self._free: dict[int, list[Block]] = {}
        self._total = 0
        #: Of objects that each CPU has: address → from one CPU's to the next.
        self._strides: dict[int, int] = {}
        #: Address → memory, of those that live.
        self.blocks: dict[int, Block] = {}
        #: Address → how many hold it.
        self.references: dict[int, int] = {}

    def make(self, size: int) -> int:
        """The address of a cleared object; 0 where there is no room."""
        spare = self._free.get(size)
        if spare:
            block = spare.pop()
            block.view[:] = bytes(size)
        elif self._total + size <= MOST:
            block = Block(size)
            self._total += size
        else:
            return 0
        self.blocks[block.address] = block
        self.references[block.address] = 1
        insort(self._bases, block.address)
        return block.address

    def make_per_cpu(self, size: int, cpus: int) -> int:
        """As `make`, for each CPU; `of_cpu` gives a CPU's own."""
        stride = (size + 7) & ~7
        address = self.make(stride * cpus)
        if address:
            self._strides[address] = stride
        return address

    def of_cpu(self, address: int, cpu: int) -> int:
        """Where a CPU's own object is; 0 if there is none."""
        stride = self._strides.get(address)
        return address + cpu * stride if stride and (cpu + 1) * stride <= self.blocks[address].size else 0

    def find(self, address: int) -> int:
        """The address of the object that an address lies in; 0 if there is none."""
        index = bisect_right(self._bases, address) - 1
        if index < 0:
            return 0
        base = self._bases[index]
        return base if address < base + self.blocks[base].size else 0

    def window(self, address: int, size: int) -> tuple[int, int, memoryview] | None:
        """(start, bytes, view) of the object that holds an access, or None."""
        base = self.find(address)
        if not base or address + size > base + self.blocks[base].size:
            return None
        block = self.blocks[base]
        return base, block.size, block.view

    def hold(self, address: int) -> bool:
        """One more holds an object; False if it is none."""
        if address not in self.references:
            return False
        self.references[address] += 1
        return True

    def drop(self, address: int) -> bool:
        """One less holds it; the last one ends it. False if it is none."""
        if address not in self.references:
            return False
        self.references[address] -= 1
        if not self.references[address]:
            del self.references[address]
            self._strides.pop(address, None)
            block = self.blocks.pop(address)
            self._bases.remove(address)
            self._free.setdefault(block.size, []).append(block)
        return True
