"""Results for readers and programs: sentences, plain objects, numbers as written, figures and their data.

Owns how things are said and drawn, never what is concluded: a sentence takes a verdict, it makes none.
"""
