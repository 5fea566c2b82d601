"""Reading what the pages say, as people write it in seven languages."""
