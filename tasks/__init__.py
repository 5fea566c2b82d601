"""What the agent asks of people, and what they answer."""
