"""A published number tried under every named convention: which of them give it, and how far each other one misses."""

from kepuasan.reproducing.record import Reproduction
from kepuasan.reproducing.reproduction import reproduce

__all__ = ["Reproduction", "reproduce"]
