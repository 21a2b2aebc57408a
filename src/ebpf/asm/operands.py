"""What lines of assembly are made of: registers, numbers, places in memory, and what is said of bad ones."""

from __future__ import annotations

import re


class Bad(Exception):
    """What is wrong with a line; the parser adds the line."""


_NUMBER = r"[-+]?(?:0[xX][0-9a-fA-F]{1,17}|[0-9]{1,20})"
_REG = r"(?:[rw][0-9]{1,3}|fp)"
_NAME = r"[A-Za-z_.$][\w.$]*"
_TARGET = (
    rf"(?:(?P<near>[0-9]{{1,6}}[bf])|(?:pc ?)?(?P<distance>{_NUMBER})(?: ?<(?P<hint>[^<>]*)>)?|<?(?P<label>{_NAME})>?)"
)
_PLACE = rf"\( ?(?P<base>{_REG}) ?(?:(?P<sign>[-+]) ?(?P<offset>(?:0[xX])?[0-9a-fA-F]{{1,17}}) ?)?\)"


class Pattern:
    """A pattern that is compiled when it is first asked: a text uses few of them, and each takes half a millisecond."""

    __slots__ = ("compiled", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.compiled: re.Pattern[str] | None = None

    def get(self) -> re.Pattern[str]:
        if self.compiled is None:
            text = self.text.replace("NUMBER", _NUMBER).replace("REG", _REG).replace("TARGET", _TARGET)
            self.compiled = re.compile(text.replace("PLACE", _PLACE).replace("NAME", _NAME), re.ASCII)
        return self.compiled

    def match(self, text: str) -> re.Match[str] | None:
        return (self.compiled or self.get()).match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return (self.compiled or self.get()).fullmatch(text)


AIM = Pattern(r"TARGET")
IS_NUMBER = Pattern(r"NUMBER")
IS_REG = Pattern(r"REG")


def to_int(text: str) -> int:
    return int(text, 16 if "x" in text.lower() else 10)


def register(text: str, letter: str = "") -> int:
    if not IS_REG.fullmatch(text):
        raise Bad(f"{text!r} is no register")
    if text == "fp":
        return 10
    number = int(text[1:])
    if number > 10:
        raise Bad(f"there is no register {text}; the last is {text[0]}10")
    if letter and text[0] != letter:
        raise Bad(f"{text} can't be used here: {letter}{number} is the {'32' if letter == 'w' else '64'}-bit name")
    return number


def imm32(text: str) -> int:
    """A 32-bit immediate, signed; a hexadecimal one may be unsigned, or have its sign in 64 bits."""
    if not IS_NUMBER.fullmatch(text):
        raise Bad(f"{text!r} is no number")
    value = to_int(text)
    if "x" in text.lower() and (1 << 64) - (1 << 31) <= value < 1 << 64:
        value -= 1 << 64
    if not -0x80000000 <= value <= (0xFFFFFFFF if "x" in text.lower() else 0x7FFFFFFF):
        raise Bad(f"immediate {text} does not fit in 32 bits")
    return value - (1 << 32) if value > 0x7FFFFFFF else value


def imm64(text: str) -> int:
    value = to_int(text)
    if not -(1 << 63) <= value < 1 << 64:
        raise Bad(f"immediate {text} does not fit in 64 bits")
    return value & 0xFFFFFFFFFFFFFFFF


def offset_of(match: re.Match[str]) -> int:
    if match["offset"] is None:
        return 0
    digits = match["offset"]
    try:
        value = to_int(digits)
    except ValueError:
        raise Bad(f"{digits!r} is no number") from None
    value = -value if match["sign"] == "-" else value
    if not -0x8000 <= value <= 0x7FFF:
        raise Bad(f"offset {value} does not fit in 16 bits")
    return value


def base_of(match: re.Match[str]) -> int:
    return register(match["base"], "" if match["base"] == "fp" else "r")
