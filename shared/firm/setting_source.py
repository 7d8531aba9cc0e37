"""How do values of the firm's folder become settings?

The environment comes first, so that an installation of today goes on as it is, and one replica can
be told otherwise; ``clientele firm check`` names whatever is said in both.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from shared.firm.folder import Said, read_folder

VARIABLE = "CLIENTELE_FIRM_DIR"
SHIPPED = "as shipped"


class SettingError(ValueError):
    """A value that does not fit the others; says which setting, or part of one, is to be mended."""

    def __init__(self, setting: str, message: str, part: str = "") -> None:
        super().__init__(f"{part}: {message}" if part else message)
        self.setting = setting
        self.part = part


class FirmSource(PydanticBaseSettingsSource):
    """What the firm's folder says of the settings of one service."""

    def __call__(self) -> dict[str, Any]:
        """The values by setting; none without a folder."""
        said = said_in(self.current_state.get("firm_dir"))
        fields = self.settings_cls.model_fields
        return {
            _input_name(fields[own], own): said[setting].value
            for own in fields
            if (setting := firm_name_of(fields[own], own)) in said
        }

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """One value; none where the folder does not say it."""
        key = _input_name(field, field_name)
        return self().get(key), key, False


class FirmSettings(BaseSettings):
    """Settings that the environment gives and, where it says nothing, the firm's folder."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        *_: PydanticBaseSettingsSource,
        **__: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment comes first."""
        return init_settings, env_settings, FirmSource(settings_cls)


def firm_name_of(field: FieldInfo, name: str) -> str:
    """The setting as ``firm.toml`` fills it, also where a service calls it otherwise."""
    alias = field.validation_alias
    return alias.removeprefix("CLIENTELE_").lower() if isinstance(alias, str) else name


def variable_of(settings: type[BaseSettings], name: str) -> str:
    """The name of a setting in the environment."""
    alias = settings.model_fields[name].validation_alias
    prefix = settings.model_config.get("env_prefix", "")
    return alias if isinstance(alias, str) else f"{prefix}{name}".upper()


def source_of(settings: type[BaseSettings], name: str, said: Mapping[str, Said]) -> str:
    """Where the value in force comes from: the environment, a line of the folder, or neither."""
    variable = variable_of(settings, name)
    if variable in os.environ:
        return variable
    found = said.get(firm_name_of(settings.model_fields[name], name))
    return found.source if found else SHIPPED


def classes() -> Iterator[type[BaseSettings]]:
    """Every class of settings that this process knows."""
    waiting: list[type[BaseSettings]] = [FirmSettings]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += found.__subclasses__()


def overruled(settings: type[BaseSettings], said: Mapping[str, Said]) -> list[str]:
    """What the folder says in vain, because the environment says it too."""
    found = {
        name: said.get(firm_name_of(field, name)) for name, field in settings.model_fields.items()
    }
    return [
        f"{each.source}: {variable} in the environment overrules it; say it in one place only"
        for name, each in found.items()
        if each is not None and (variable := variable_of(settings, name)) in os.environ
    ]


def complaints(invalid: ValidationError, said: Mapping[str, Said]) -> list[str] | None:
    """What is wrong with a service's settings, each where it was said; None: it is about others."""
    settings = next((each for each in classes() if each.__name__ == invalid.title), None)
    if settings is None:
        return None
    found = []
    for each in invalid.errors(include_url=False, include_input=False):
        place, problem = _place_of(settings, each, said), each["msg"].removeprefix("Value error, ")
        is_said = not place or problem.startswith(f"{place}: ")
        found.append(problem if is_said else f"{place}: {problem}")
    return found


def said_in(folder: Path | None = None) -> Mapping[str, Said]:
    """What the folder says that the environment (or the caller) names; nothing without one."""
    named = folder or os.environ.get(VARIABLE)
    return read_folder(Path(named)) if named else {}


def _place_of(settings: type[BaseSettings], error: Any, said: Mapping[str, Said]) -> str:
    raised = error.get("ctx", {}).get("error")
    name = raised.setting if isinstance(raised, SettingError) else str((*error["loc"], "")[0])
    fields = settings.model_fields
    own = next((each for each in fields if name in (each, fields[each].validation_alias)), None)
    if own is None:
        return name
    source = source_of(settings, own, said)
    found = said.get(firm_name_of(fields[own], own))
    if isinstance(raised, SettingError) and found is not None and found.source == source:
        source = found.source_of(raised.part)
    return variable_of(settings, own) if source == SHIPPED else source


def _input_name(field: FieldInfo, name: str) -> str:
    alias = field.validation_alias
    return alias if isinstance(alias, str) else name
