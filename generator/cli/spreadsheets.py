"""``qingdan export`` and ``qingdan import``: the lists as a workbook, out and in."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from generator.check import Checked, check_folder
from generator.language import shipped_strings
from generator.model import Finding
from generator.spreadsheets import (
    Proposal,
    change_lines,
    finding_line,
    new_findings,
    propose,
    read_workbook,
    workbook,
    write,
)

from .options import day, lang_option, lists_argument, today_option


@click.command()
@click.option(
    "--xlsx", "target", type=click.Path(path_type=Path), required=True, help="The file to write."
)
@lists_argument
@lang_option
@today_option
def export(target: Path, folder: Path, lang: str, today: datetime.datetime | None) -> None:
    """Write the lists as a workbook for Excel or WPS. 把清单导出成表格，在 Excel 或 WPS 里改。"""
    checked = _readable(folder, day(today), lang)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(workbook(checked.reading, lang))
    click.echo(f"{shipped_strings(lang, 'workbook')['exported']} {target}")


@click.command("import")
@click.argument("source", type=click.Path(path_type=Path))
@lists_argument
@lang_option
@today_option
@click.option("--write", "writes", is_flag=True, help="Write the change. 写进文件。")
def import_(
    source: Path, folder: Path, lang: str, today: datetime.datetime | None, writes: bool
) -> None:
    """Show what a workbook changes in the lists; write it with --write. 把改好的表格导回来。"""
    checked = _readable(folder, day(today), lang)
    read = read_workbook(source)
    proposal = propose(checked.reading, read, lang)
    findings = (*proposal.findings, *new_findings(checked, proposal, day(today)))
    for line in change_lines(proposal.changes, lang):
        click.echo(line)
    sheets = {grid.name for grid in read.grids}
    for each in findings:
        click.echo(finding_line(each, source, sheets, folder, lang), err=True)
    _finish(proposal, findings, folder, lang, writes=writes)


def _finish(
    proposal: Proposal, findings: tuple[Finding, ...], folder: Path, lang: str, *, writes: bool
) -> None:
    words = shipped_strings(lang, "workbook")
    errors = sum(each.level == "error" for each in findings)
    if errors:
        message, remedy = (
            words[f"finding.workbook-refused.{part}"] for part in ("message", "remedy")
        )
        raise click.ClickException(f"{message.format(count=errors)} {remedy}")
    if writes:
        write(folder, proposal.texts)
    if proposal.texts:
        click.echo(words["diff.written" if writes else "diff.not_written"])


def _readable(folder: Path, today: datetime.date, lang: str) -> Checked:
    """The lists, which must at least have the right shape."""
    checked = check_folder(folder, today)
    if checked.county is None:
        raise click.ClickException(checked.report(lang))
    return checked
