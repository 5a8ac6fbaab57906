"""The recipe of a run: what it may say, and what contradicts itself."""
