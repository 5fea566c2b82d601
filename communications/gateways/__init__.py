"""The ways out: how a message leaves."""
