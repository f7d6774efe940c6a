""" "Tell me if anything new happens to this child": bound to a case, for a time, and never more than the case may be told."""
