"""A recipe and codebooks drafted from the data files of a folder, every guess marked as one."""
