"""The type system of BPF: read, write, C dump, layout → codec, CO-RE."""


class Btf:
    """Types of one object, of the kernel, or of one of its modules."""
