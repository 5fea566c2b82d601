"""The API's own description (OpenAPI 3.1), drawn from its operations: nothing is said twice, so nothing can differ."""

from billabex.api.schema.finishing import finish
from billabex.api.schema.operations import OperationSchema, TokenScheme

__all__ = ["OperationSchema", "TokenScheme", "finish"]
