"""What every factory shares: numbers that sort as text as they sort as numbers."""

from factory.django import DjangoModelFactory


class RowFactory[Row](DjangoModelFactory[Row]):
    """A factory whose first row is number 10,000, so that "Customer 9" never sorts behind "Customer 10".

    Which numbers a test gets depends on the tests before it in the same process.
    """

    class Meta:
        abstract = True

    @classmethod
    def _setup_next_sequence(cls) -> int:
        return 10_000
