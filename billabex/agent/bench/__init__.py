"""Measurements of the agent's speed, on invented data of any size."""
