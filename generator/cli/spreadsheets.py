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
    Workbook,
    change_lines,
    finding_line,
    new_findings,
    propose,
    propose_township,
    read_tables,
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
    if target.exists() and _says_more(target, checked, lang):
        raise click.ClickException(
            shipped_strings(lang, "workbook")["in_the_way"].format(path=target)
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(workbook(checked.reading, lang))
    click.echo(f"{shipped_strings(lang, 'workbook')['exported']} {target}")


def _says_more(target: Path, checked: Checked, lang: str) -> bool:
    """Whether something would be lost with what lies at ``target``."""
    proposal = propose(checked.reading, read_workbook(target), lang)
    return bool(proposal.changes or proposal.findings)


@click.command("import")
@click.argument("source", type=click.Path(path_type=Path))
@lists_argument
@lang_option
@today_option
@click.option("--write", "writes", is_flag=True, help="Write the change. 写进文件。")
@click.option(
    "--township-table",
    "is_table",
    is_flag=True,
    help="Read the national tables of a township's duties. 读乡镇职责清单的表格。",
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="With --township-table: a new or empty folder."
)
@click.option("--township", "slug", help="With --township-table: whose duties they are.")
def import_(
    source: Path,
    folder: Path,
    lang: str,
    today: datetime.datetime | None,
    writes: bool,
    is_table: bool,
    out: Path | None,
    slug: str | None,
) -> None:
    """Show what a workbook changes in the lists; write it with --write. 把改好的表格导回来。"""
    checked = _readable(folder, day(today), lang)
    read = read_workbook(source)
    if is_table:
        _township(checked, source, read, out, slug, lang)
        return
    proposal = propose(checked.reading, read, lang)
    findings = (*proposal.findings, *new_findings(checked, proposal, day(today)))
    if proposal.changes or not read.findings:  # of a file nobody could read nothing is known
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


def _township(
    checked: Checked, source: Path, read: Workbook, out: Path | None, slug: str | None, lang: str
) -> None:
    """Propose a township's items in the new folder ``out``."""
    words = shipped_strings(lang, "workbook")
    county = checked.reading.county
    assert county is not None
    if out is None:
        raise click.ClickException(words["table_needs_out"])
    if out.exists() and any(out.iterdir()):
        raise click.ClickException(words["not_empty"].format(folder=out))
    codes = [each.code for each in county.townships.values() if each.slug == slug]
    if slug and not codes:
        raise click.ClickException(words["no_township"].format(slug=slug))
    proposal = propose_township(
        read_tables(read.grids), county, source.name, next(iter(codes), None)
    )
    findings = (*read.findings, *proposal.findings)
    sheets = {grid.name for grid in read.grids}
    for each in findings:
        click.echo(finding_line(each, source, sheets, checked.folder, lang), err=True)
    if any(each.level == "error" for each in findings):
        raise SystemExit(1)
    out.mkdir(parents=True, exist_ok=True)
    write(out, proposal.texts)
    items = sum(name.startswith("township/") for name in proposal.texts)
    values = {"count": items, "files": len(proposal.texts), "folder": out, "doubts": len(findings)}
    click.echo(words["proposed"].format_map(values))


def _readable(folder: Path, today: datetime.date, lang: str) -> Checked:
    """The lists, which must at least have the right shape."""
    checked = check_folder(folder, today)
    if checked.county is None:
        raise click.ClickException(checked.report(lang))
    return checked
