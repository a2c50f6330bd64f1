"""The commands of `contrats`, a module each, so that none waits for what another needs."""
