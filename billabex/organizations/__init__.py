"""Users, the organizations they work for, and settings."""
