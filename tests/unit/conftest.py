"""Where the tests of captures have theirs."""

from captures import file

__all__ = ["file"]
