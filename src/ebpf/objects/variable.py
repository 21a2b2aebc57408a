"""Global variables of a loaded object."""

from __future__ import annotations

from ebpf.errors import Closed, KernelError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Generic, TypeVar

    from ebpf.engine import RawMap
    from ebpf.spec import VariableSpec

    T = TypeVar("T")

    class _Base(Generic[T]): ...

else:
    T = object

    class _Base:
        __slots__ = ()
        __class_getitem__ = classmethod(lambda cls, item: cls)


class Variable(_Base[T]):
    """A global variable of a program: `value` reads and writes it while programs run.

    Typed by BTF, bytes without. Writing a constant (`const volatile`, .rodata) of a loaded object is refused: set it in the
    spec before the load.
    """

    __slots__ = ("_codec", "_memory", "_raw", "name", "spec")

    def __init__(self, spec: VariableSpec, raw: RawMap) -> None:
        self.spec = spec
        self.name = spec.name
        self._raw = raw
        btf = raw.spec.btf
        self._codec = btf.codec(spec.type_id) if btf is not None and spec.type_id else None
        self._memory = raw.memory()

    def _check_open(self) -> None:
        if getattr(self._raw, "closed", False):
            raise Closed(f"variable {self.name}: its object is closed")

    @property
    def value(self) -> T:
        self._check_open()
        start, end = self.spec.offset, self.spec.offset + self.spec.size
        whole: Any = self._memory
        if whole is None:
            whole = self._raw.lookup(bytes(4))
            assert whole is not None
        data = bytes(whole[start:end])
        return self._codec.decode(data) if self._codec is not None else data  # type: ignore[return-value]

    @value.setter
    def value(self, value: T) -> None:
        self._check_open()
        data = encode(self.spec, self._codec, value)
        if self.spec.constant:
            raise KernelError(
                1, f"write of {self.name}", hint="it is constant once loaded; set it in the spec before the load"
            )
        start, end = self.spec.offset, self.spec.offset + self.spec.size
        if self._memory is not None and not self._memory.readonly:
            self._memory[start:end] = data
            return
        whole = bytearray(self._raw.lookup(bytes(4)) or b"")
        whole[start:end] = data
        self._raw.update(bytes(4), bytes(whole))

    def __repr__(self) -> str:
        closed = getattr(self._raw, "closed", False)
        return f"<Variable {self.name} (closed)>" if closed else f"<Variable {self.name} = {self.value!r}>"


def encode(spec: VariableSpec, codec: Any, value: Any) -> bytes:
    """The bytes of a variable's value; TypeError or ValueError when it doesn't fit."""
    if codec is not None:
        from ebpf.objects.codecs import named

        data: bytes = named(codec.encode, f"variable {spec.name}")(value)
    else:
        data = bytes(value)
    if len(data) != spec.size:
        raise ValueError(f"variable {spec.name} is {spec.size} bytes, not {len(data)}")
    return data
