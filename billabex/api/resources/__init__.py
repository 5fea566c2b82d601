"""The resources of the public API: what each takes and answers. Whatever they do, a service of the house does."""
