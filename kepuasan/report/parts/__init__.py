"""The parts of a report, a file each: from results to blocks in one language."""
