"""Exact bounds: the least and the most that open answers leave possible."""
