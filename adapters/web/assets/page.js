// Small conveniences; every page works without it.
