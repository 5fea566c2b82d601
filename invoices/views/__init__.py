"""The pages of documents and money."""
