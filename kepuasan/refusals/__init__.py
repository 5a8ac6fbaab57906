"""What the library refuses or warns of, told by a code of its own and in either language."""
