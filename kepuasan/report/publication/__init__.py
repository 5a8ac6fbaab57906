"""The sheet that publishes an IKM."""
