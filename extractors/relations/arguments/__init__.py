"""Which lists of mentions are subject and object of a trigger?

`token_frames.arguments` looks by the order of words (read it first), `dependency_paths.SentenceReader` over the parse.
The other modules each answer one question for them: where a list stands (`search`), which of them acts (`subjects`,
`subject_candidates`), who received a drug (`exposure`, `treatment_outcomes`), what a description or an anaphor means
(`appositives`, `coreference`), and what the verb's form says (`verb_syntax`).
"""
