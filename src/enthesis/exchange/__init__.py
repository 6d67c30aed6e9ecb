"""What leaves for other systems and what comes back from them, each standard in a room of its own.

``fhir`` is the first: instruments as FHIR R4 Questionnaires, answers as QuestionnaireResponses. A standard
room turns values of the domain into plain dictionaries and checks what it reads; it opens no connection.
"""

__all__: list[str] = []
