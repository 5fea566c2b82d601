"""Messages in and out, and their delivery."""
