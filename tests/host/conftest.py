"""The places that tests of hooks attach to."""

from hook_places import cgroup, counted, veth

__all__ = ["cgroup", "counted", "veth"]
