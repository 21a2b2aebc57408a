"""All entries of a map as NumPy arrays, and back: `Map.arrays`, `Map.update_arrays`."""

from __future__ import annotations

from ebpf.errors import NotSupported
from ebpf.uapi.map_types import INDEXED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    import numpy as np

    from ebpf.engine import RawMap
    from ebpf.spec import MapSpec

    Array = np.ndarray[Any, Any]


def _numpy() -> Any:
    try:
        import numpy
    except ImportError:
        raise NotSupported("maps as arrays", why="NumPy is not installed", hint="pip install 'ebpf[numpy]'") from None
    return numpy


def _dtype(np: Any, spec: MapSpec, type_id: int, size: int, index: bool) -> Any:
    """The dtype of the type; bytes where there is none, or where it is of another size."""
    if spec.btf is not None and type_id:
        found = spec.btf.dtype(type_id)
        if found.itemsize == size:
            return found
    return np.dtype("=u4") if index and size == 4 else np.dtype(f"V{size}")


def _dtypes(np: Any, spec: MapSpec) -> tuple[Any, Any]:
    keys = _dtype(np, spec, spec.key_type, spec.key_size, spec.type in INDEXED)
    return keys, _dtype(np, spec, spec.value_type, spec.value_size, False)


def _entries(raw: RawMap) -> tuple[Any, Any, int]:
    """Keys and values one after the other, and how many, in memory of one's own."""
    entries: Any = raw
    if hasattr(raw, "whole"):
        found: tuple[Any, Any, int] | None = entries.whole()
        if found is not None:
            return found
    chunks: Iterable[tuple[Any, Any, int]]
    if hasattr(raw, "chunks"):
        chunks = entries.chunks()
    else:
        pairs = list(raw.items())
        chunks = [(b"".join(key for key, _ in pairs), b"".join(value for _, value in pairs), len(pairs))]
    keys, values, total = bytearray(), bytearray(), 0
    for key_bytes, value_bytes, count in chunks:
        keys += key_bytes
        values += value_bytes
        total += count
    return keys, values, total


def read(raw: RawMap, per_cpu: bool) -> tuple[Array, Array]:
    np = _numpy()
    spec = raw.spec
    all_keys, all_values, total = _entries(raw)
    key_dtype, value_dtype = _dtypes(np, spec)
    keys = np.frombuffer(all_keys, key_dtype, total)
    if not per_cpu:
        return keys, np.frombuffer(all_values, value_dtype, total)
    # Each CPU's value stands at a multiple of 8 bytes.
    step = (spec.value_size + 7) & ~7
    padded = np.dtype({"names": ["value"], "formats": [value_dtype], "offsets": [0], "itemsize": step})
    return keys, np.frombuffer(all_values, padded, total * (raw.value_bytes // step))["value"].reshape(total, -1)


def write(raw: RawMap, keys: Any, values: Any, per_cpu: bool, flags: int) -> int:
    np = _numpy()
    spec = raw.spec
    key_dtype, value_dtype = _dtypes(np, spec)
    # Numbers of another width are made to fit; what would lose something is an error.
    key_array = _fitted(np, keys, key_dtype, f"the keys of map {spec.name}")
    value_array = _fitted(np, values, value_dtype, f"the values of map {spec.name}")
    count = len(key_array)
    if per_cpu:
        step = (spec.value_size + 7) & ~7
        shape: tuple[int, ...] = (count, raw.value_bytes // step)
        padded = np.zeros(shape, {"names": ["value"], "formats": [value_dtype], "offsets": [0], "itemsize": step})
        if value_array.shape != shape:
            raise ValueError(
                f"map {spec.name}: values of shape {shape} are wanted (a value a CPU), not {value_array.shape}"
            )
        padded["value"] = value_array
        value_array = padded
    elif len(value_array) != count or value_array.ndim != 1:
        raise ValueError(f"map {spec.name}: {count} keys and values of shape {value_array.shape}")
    key_bytes, value_bytes = key_array.tobytes(), value_array.tobytes()
    many: Any = getattr(raw, "update_batch", None)
    if many is not None:
        done: int = many(key_bytes, value_bytes, flags)
        return done
    key_size, value_size = spec.key_size, raw.value_bytes
    for at in range(count):
        raw.update(
            key_bytes[at * key_size : (at + 1) * key_size], value_bytes[at * value_size : (at + 1) * value_size], flags
        )
    return count


def _fitted(np: Any, given: Any, dtype: Any, what: str) -> Any:
    array = np.asarray(given)
    if array.dtype == dtype:
        return array
    fitted = array.astype(
        dtype, casting="unsafe" if dtype.kind in "iufb" and array.dtype.kind in "iufb" else "same_kind"
    )
    if dtype.kind in "iufb" and not (fitted == array).all():
        raise ValueError(f"{what}: not all fit in {dtype}")
    return fitted
