"""The desk's buttons as commands: the same acts, by the same functions."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.config.commands.options import data_option, json_option, open_newsroom, say_json, who
from dateline.errors import CardError
from dateline.formats import filed
from dateline.formats.filed import FiledCard

if TYPE_CHECKING:
    from dateline.story.models import Act

card_option = click.option(
    "--card", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Copy: one story card."
)
why_option = click.option("--why", required=True, help="The reason; kept in the record, never shown to readers.")


@click.command(short_help="Publish a story that is kept in.")
@click.argument("story_id", metavar="ID")
@card_option
@data_option
@json_option
def publish(story_id: str, card: Path | None, data: Path, as_json: bool) -> None:
    """Publish a story from the copy that is kept in. ID is the card's `id` or the story's own.

    Example: dateline publish https://old.example/?p=12
    """
    open_newsroom(data)
    from dateline.story.actions.publish import publish as act

    _done(act(story_id, by=who(), now=datetime.now(UTC), card=_copy(card)), as_json)


@click.command(short_help="Put a later take out.")
@click.argument("story_id", metavar="ID")
@card_option
@data_option
@json_option
def update(story_id: str, card: Path | None, data: Path, as_json: bool) -> None:
    """Put a later take of a story out, from --card or from the copy that is kept in.

    Example: dateline update demo-brod-bridge-en --card bridge.json
    """
    open_newsroom(data)
    from dateline.story.actions.update import update as act

    _done(act(story_id, by=who(), now=datetime.now(UTC), card=_copy(card)), as_json)


@click.command(short_help="Correct a published story.")
@click.argument("story_id", metavar="ID")
@click.option("--note", required=True, help="What readers are told: what was wrong, and what is right.")
@card_option
@data_option
@json_option
def correct(story_id: str, note: str, card: Path | None, data: Path, as_json: bool) -> None:
    """Correct a published story: its page says what was wrong and when that was mended.

    Example: dateline correct demo-brod-bridge-en --note "The bridge is 212 metres long, not 221." --card bridge.json
    """
    open_newsroom(data)
    from dateline.story.actions.correct import correct as act

    _done(act(story_id, note=note, by=who(), now=datetime.now(UTC), card=_copy(card)), as_json)


@click.command(short_help="Withdraw a story everywhere, for good.")
@click.argument("story_id", metavar="ID")
@why_option
@data_option
@json_option
def kill(story_id: str, why: str, data: Path, as_json: bool) -> None:
    """Withdraw a published story from every surface and feed, for good.

    Example: dateline kill demo-bread-prices-en --why "the quotation was invented by the source"
    """
    open_newsroom(data)
    from dateline.story.actions.kill import kill as act

    _done(act(story_id, why=why, by=who(), now=datetime.now(UTC)), as_json)


@click.command(short_help="Take a story off our own surfaces.")
@click.argument("story_id", metavar="ID")
@why_option
@data_option
@json_option
def takedown(story_id: str, why: str, data: Path, as_json: bool) -> None:
    """Take a story off our own surfaces; it may be published again.

    Example: dateline takedown demo-bread-prices-en --why "court order of 12 May"
    """
    open_newsroom(data)
    from dateline.story.actions.kill import takedown as act

    _done(act(story_id, why=why, by=who(), now=datetime.now(UTC)), as_json)


@click.command(short_help="Lift an embargo before its hour.")
@click.argument("story_id", metavar="ID")
@data_option
@json_option
def lift(story_id: str, data: Path, as_json: bool) -> None:
    """Let copy out now that waits for its hour.

    Example: dateline lift demo-closed-trials-en
    """
    open_newsroom(data)
    from dateline.story.actions.lift import lift as act

    _done(act(story_id, by=who(), now=datetime.now(UTC)), as_json)


def _copy(path: Path | None) -> FiledCard | None:
    if path is None:
        return None
    try:
        said = json.loads(path.read_bytes())
    except ValueError as refusal:
        raise CardError(f"{path.name} is not JSON.", "Nothing was changed.", "Give one story card.") from refusal
    return filed.from_json(said)


def _done(act: Act | None, as_json: bool) -> None:
    from dateline.press.working import settle

    shown = settle()
    if act is None:
        say_json({"kept_in": True}) if as_json else click.echo("Kept in: it goes out by itself at its hour.")
        return
    story = act.story
    if as_json:
        said = {"seq": act.seq, "act": act.kind, "story": str(story.uid), "address": story.address, "shown": shown}
        say_json(said)
        return
    where = f"/{story.address}" if story.state == "out" else "no longer on the site"
    click.echo(f"{act.kind.capitalize()}: act {act.seq}, {where}" + ("" if shown else " (the press is still at it)"))
