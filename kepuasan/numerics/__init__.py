"""Arrays in, arrays or frozen records out; no frame, no label, no rounding enters here."""
