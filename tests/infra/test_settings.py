"""What Terraform's files say about themselves, held against what says it too. Needs no Terraform."""

import re
from pathlib import Path

import pytest

from shared.core.settings import LimitSettings
from tests.infra import settings
from tools.function_schema import FunctionFile, Queue, Stream, Trigger

INFRA = settings.ROOT / "infra"
MODULES = sorted(file.parent for file in INFRA.rglob("versions.tf") if ".terraform" not in file.parts)
ENVIRONMENTS = ("dev", "staging", "prod")


def test_the_docs_list_every_setting() -> None:
    assert settings.PAGE.read_text() == settings.page(), "python -m tests.infra.settings renews the list"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(INFRA)))
def test_every_variable_and_output_is_described(module: Path) -> None:
    for name in ("variables.tf", "outputs.tf"):
        for block in re.findall(r'^(?:variable|output) "\w+" \{\n.*?^\}', (module / name).read_text(), re.M | re.S):
            assert re.search(r'^  description += ".{10,}"$', block, re.M), block
            assert name == "outputs.tf" or re.search(r"^  type +=", block, re.M), block


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(INFRA)))
def test_every_module_works_with_the_same_providers(module: Path) -> None:
    text = (module / "versions.tf").read_text()

    assert 'version = ">= 5.100, != 6.29.0, < 7"' in text
    assert 'required_version = ">= 1.11"' in text


def test_what_a_function_file_leaves_out_is_the_same_for_terraform_as_for_the_local_stack() -> None:
    text = (INFRA / "modules" / "functions" / "main.tf").read_text()

    def said(name: str) -> int | bool | None:
        found = re.search(rf"^ +{name} += (?:try\(file\.{name}, )?(\w+)\)?$", text, re.M)
        assert found, name
        return {"null": None, "false": False, "true": True}.get(found[1]) if found[1].isalpha() else int(found[1])

    for fields, names in (
        (
            FunctionFile.model_fields,
            ("memory_mb", "timeout_seconds", "public"),
        ),
        (Queue.model_fields, ("visibility_timeout_seconds", "max_receives", "maximum_concurrency")),
        (Stream.model_fields, ("maximum_retry_attempts", "maximum_record_age_seconds")),
    ):
        for name in names:
            assert said(name) == fields[name].default, name
    assert [int(size) for size in re.findall(r"^ +batch_size += (\d+)$", text, re.M)] == [
        Queue.model_fields["batch_size"].default,
        Stream.model_fields["batch_size"].default,
    ]


def test_everything_in_a_function_file_is_read_by_terraform() -> None:
    text = (INFRA / "modules" / "functions" / "main.tf").read_text()

    for name in FunctionFile.model_fields:
        assert f"file.{name}" in text, f"functions/main.tf passes over {name}"
    for name in Trigger.model_fields:
        assert f"file.trigger.{name}" in text, f"functions/main.tf passes over the trigger {name}"


def test_the_limits_that_may_be_set_are_those_that_functions_read() -> None:
    variables = (INFRA / "modules" / "functions" / "variables.tf").read_text()
    found = re.search(r"setsubtract\(keys\(var\.limits\), \[(.*?)\]\)", variables)
    (told,) = (each.description for each in settings.of(INFRA / "chat") if each.name == "limits")

    assert found
    known = re.findall(r'"(\w+)"', found[1])
    assert [f"PARLEY_LIMIT_{name.upper()}" for name in known] == [each.name for each in LimitSettings.variables()]
    for name, variable in zip(known, LimitSettings.variables(), strict=True):
        assert f"{name} ({variable.read({}):,}" in told


def test_environments_differ_in_their_settings_only() -> None:
    for name in ("variables.tf", "outputs.tf", "provider.tf"):
        texts = {(INFRA / "environments" / environment / name).read_text() for environment in ENVIRONMENTS}
        assert len(texts) == 1, name


def test_production_keeps_what_people_said() -> None:
    prod = (INFRA / "environments" / "prod" / "main.tf").read_text()

    for name in ("deletion_protection", "point_in_time_recovery"):
        assert re.search(rf"^ +{name} += true$", prod, re.M)
    assert re.search(r"^ +log_retention_days += 30$", prod, re.M)


def test_no_file_names_this_machine_or_a_registry() -> None:
    for file in INFRA.rglob("*"):
        if file.is_file() and ".terraform" not in str(file):
            assert not re.search(r"/(opt|root|home|work)/|registry\.|localhost:4566", file.read_text()), file


def test_the_app_is_told_all_that_it_reads() -> None:
    config = (settings.ROOT / "frontend" / "src" / "shared" / "config" / "config.ts").read_text()
    read = set(re.findall(r"^  (\w+)\??: ", config.partition("interface Config {")[2].partition("}")[0], re.M))
    written = re.findall(r"^    (\w+) += ", (INFRA / "chat" / "main.tf").read_text().partition("config = {")[2], re.M)

    assert read - {"mockUsers"} == set(written)  # ready-made people are for local stacks only
