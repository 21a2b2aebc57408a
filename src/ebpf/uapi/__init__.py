"""The facts of the kernel's interface: one table per kind, one row per thing, no behaviour.

Every other room reads these tables and none repeats them. Import the table's own module (`ebpf.uapi.map_types`),
so that a start pays only for the tables it uses.
"""
