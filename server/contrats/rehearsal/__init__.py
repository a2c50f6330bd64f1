"""A harvest rehearsed: what portals would take of a catalogue, skip or guess, and why."""
