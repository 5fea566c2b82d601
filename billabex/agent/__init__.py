"""The roof: decides, writes, and runs the cycle. The only place that knows all five apps."""
