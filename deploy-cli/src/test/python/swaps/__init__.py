"""Rolling swaps under traffic: whether anybody loses a request."""
