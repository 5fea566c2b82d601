"""One module per document of the product owner's, one test per sentence of it that can be shown."""
