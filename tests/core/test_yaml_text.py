"""Is whatever a person types read again as it was, once it is written into a file of the firm?"""

import tomllib

from hypothesis import example, given
from hypothesis import strategies as st

from shared.yaml_text import loaded, quoted

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(TEXT)
@example("a\x7fb\x81\x85\u2028\ufffe")
@example("\ufeff")
@example('a "b" \\ #c: {d}')
def test_a_quoted_text_is_the_same_to_yaml_and_to_toml(text: str) -> None:
    assert loaded(f"{quoted(text)}: {quoted([text])}") == {text: [text]}
    assert tomllib.loads(f"said = {quoted(text)}") == {"said": text}
