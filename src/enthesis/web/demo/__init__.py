"""The synthetic demo clinic: invented people whose invented answers show a registry at work.

Everything is drawn from a seed. Names, courses and scores come from no patient and say nothing about any
product; every site and person carries the mark ``synthetic``. The same generator makes 600 people for a first
look and 100,000 for load tests.
"""
