"""Each trouble of Discord's, at the wire, becomes what delivery understands: later, rejected or gone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.chat.discord.client import Discord
from bot.chat.discord.permissions import INVITED
from bot.core.errors import DeliveryError, Gone, Rejected, RetryLater
from bot.core.messages import Message, Section
from bot.core.outbox import Finding, Op, Outgoing
from tests.chat.discord_world import open_discord
from tests.clock import Clock
from tests.fakediscord.server import FakeDiscord
from tests.fakediscord.state import EMBED, HISTORY, MINERALS, SEND, VIEW, Fault

TEXT = Message((Section(title="News", body=(("Words.",),)),))
POST = Outgoing("key-1", Op.POST, str(MINERALS), TEXT)
VIA = {"Via": "1.1 google"}


@pytest_asyncio.fixture
async def fake(clock: Clock) -> AsyncIterator[FakeDiscord]:
    """A fake of the wire."""
    with FakeDiscord(clock) as running:
        yield running
        assert [] == running.violations()


@pytest_asyncio.fixture
async def client(fake: FakeDiscord, clock: Clock) -> AsyncIterator[Discord]:
    """The real client, which reaches it."""
    opened = open_discord(fake, clock)
    yield opened
    await opened.close()


async def refused(client: Discord, post: Outgoing = POST) -> DeliveryError:
    """The error that sending or editing raises."""
    with pytest.raises(DeliveryError) as caught:
        await (client.edit(post) if post.op is Op.EDIT else client.send(post))
    return caught.value


def limited(seconds: float, *, is_global: bool = False) -> Fault:
    """A 429 of Discord's own."""
    body = {"message": "You are being rate limited.", "retry_after": seconds, "global": is_global}
    scope = "global" if is_global else "user"
    return Fault(status=429, body=body, headers={**VIA, "X-RateLimit-Scope": scope})


@pytest.mark.asyncio
async def test_a_short_limit_is_waited_for(client: Discord, fake: FakeDiscord) -> None:
    """A 429 of a moment is the library's to wait for: the post is made, once."""
    fake.state.faults = [limited(0.05), limited(0.05, is_global=True)]
    await client.send(POST)
    assert len(fake.state.channels[MINERALS].messages) == 1


@pytest.mark.asyncio
async def test_the_stated_pace_is_kept(client: Discord, fake: FakeDiscord) -> None:
    """Discord states how many posts a channel takes in a time: twelve in a row meet not a single 429."""
    fake.state.limit = (5, 0.3)
    for number in range(12):
        await client.send(replace(POST, key=f"key-{number}"))
    assert {200} == {request.status for request in fake.state.requests}


@pytest.mark.asyncio
@pytest.mark.parametrize(("is_global", "scope"), [(False, "channel"), (True, "account")])
async def test_a_long_limit_is_for_delivery_to_plan(
    client: Discord, fake: FakeDiscord, is_global: bool, scope: str
) -> None:
    """A long 429 comes back at once with its time; of the whole bot, it rests the account; nothing was posted."""
    fake.state.faults = [limited(1163, is_global=is_global)]
    error = await refused(client)
    assert isinstance(error, RetryLater)
    assert (error.after, error.scope, error.in_doubt) == (timedelta(seconds=1163), scope, False)


@pytest.mark.asyncio
async def test_a_limit_after_a_lost_answer_is_in_doubt(client: Discord, fake: FakeDiscord) -> None:
    """The library's first try may have been posted: the limit that its second meets does not take the doubt away."""
    fake.state.faults = [Fault(status=502, committed=True), limited(600)]
    error = await refused(client)
    assert isinstance(error, RetryLater)
    assert error.in_doubt
    assert len(fake.state.channels[MINERALS].messages) == 1


@pytest.mark.asyncio
async def test_the_doorkeeper_rests_the_account(client: Discord, fake: FakeDiscord) -> None:
    """A 429 from before Discord, without Via, is about our address: everything waits as long as it says."""
    fake.state.faults = [Fault(status=429, headers={"Retry-After": "300"})]
    error = await refused(client)
    assert isinstance(error, RetryLater)
    assert (error.after, error.scope, error.in_doubt) == (timedelta(seconds=300), "account", False)


@pytest.mark.asyncio
async def test_502_after_the_post_was_made_makes_one_message(client: Discord, fake: FakeDiscord) -> None:
    """The library tries again with the same nonce, and Discord gives the message it has."""
    fake.state.faults = [Fault(status=502, committed=True)]
    ids = await client.send(POST)
    assert [message["id"] for message in fake.state.channels[MINERALS].messages] == list(ids)
    assert fake.count("POST /channels") == 2


@pytest.mark.asyncio
@pytest.mark.parametrize("committed", [False, True])
@pytest.mark.parametrize("status", [503, 0])
async def test_no_answer_is_in_doubt(client: Discord, fake: FakeDiscord, status: int, committed: bool) -> None:
    """503 and a dropped connection, whether the post was made or not: later, and looked for first."""
    fake.state.faults = [Fault(status=status, committed=committed)]
    error = await refused(client)
    assert isinstance(error, RetryLater)
    assert error.in_doubt
    wanted = Finding.FOUND if committed else Finding.ABSENT
    assert wanted is (await client.find(POST, fake.state.clock())).finding


@pytest.mark.asyncio
async def test_an_unreachable_discord_took_nothing(client: Discord, fake: FakeDiscord) -> None:
    """Before the first login, and after it: nothing was sent, so nothing is in doubt, and everything waits.

    Only what was on a connection that had been open is in doubt.
    """
    fake.stop()
    assert not (await refused(client)).in_doubt  # type: ignore[attr-defined]
    fake.start()
    await client.send(POST)
    fake.stop()
    await refused(client, replace(POST, key="key-2"))
    error = await refused(client, replace(POST, key="key-2"))
    assert isinstance(error, RetryLater)
    assert (error.scope, error.in_doubt) == ("account", False)
    fake.start()


@pytest.mark.asyncio
async def test_a_silent_discord_is_given_up(client: Discord, fake: FakeDiscord) -> None:
    """An answer that never comes ends in time, in doubt; the next call has a login of its own, and goes through."""
    await client.send(POST)
    client.patience = timedelta(seconds=0.2)
    fake.state.faults = [Fault(delay=1.0)]
    error = await refused(client, replace(POST, key="key-2"))
    assert isinstance(error, RetryLater)
    assert error.in_doubt
    client.patience = timedelta(seconds=5)
    await client.send(replace(POST, key="key-3"))
    assert fake.count("GET /users/@me") == 2


@pytest.mark.asyncio
@pytest.mark.parametrize("is_late", [False, True])
async def test_a_revoked_token_rests_the_account_and_says_what_to_do(
    client: Discord, fake: FakeDiscord, is_late: bool
) -> None:
    """401, at login or later: the account rests long, and the operator is told how to go on."""
    if is_late:
        await client.send(POST)
    fake.state.is_revoked = True
    error = await refused(client)
    assert isinstance(error, RetryLater)
    assert (error.scope, error.in_doubt) == ("account", False)
    assert error.after is not None
    assert error.after >= timedelta(minutes=30)
    assert "page Bot" in error.todo


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("denied", "said"),
    [
        (SEND, 'I cannot write in #minerals: the permission "Send Messages" is missing.'),
        (EMBED, 'I cannot write in #minerals: the permission "Embed Links" is missing.'),
        (VIEW, 'the permission "View Channel" is missing.'),
    ],
)
async def test_a_missing_permission_is_named(client: Discord, fake: FakeDiscord, denied: int, said: str) -> None:
    """403: the channel waits, nothing is in doubt, and the words are those of Discord's own pages."""
    fake.state.channels[MINERALS].denied = denied
    error = await refused(client)
    assert isinstance(error, RetryLater)
    assert said in error.message
    assert (error.scope, error.in_doubt) == ("channel", False)
    assert "starts when it is granted" in error.todo


@pytest.mark.asyncio
async def test_a_channel_that_is_gone(client: Discord, fake: FakeDiscord) -> None:
    """Unknown Channel, and a person who takes no direct messages: closed for good."""
    assert isinstance(await refused(client, replace(POST, channel="900000000000000999")), Gone)
    fake.state.closed_people.add(7)
    assert isinstance(await refused(client, replace(POST, channel="user:7")), Gone)


@pytest.mark.asyncio
async def test_a_deleted_message_is_not_posted_again(client: Discord, fake: FakeDiscord) -> None:
    """An edit of what was deleted, and a nonce whose message was deleted: refused, so nothing stands there anew."""
    ids = await client.send(POST)
    fake.state.channels[MINERALS].messages.clear()
    assert isinstance(await refused(client, Outgoing("key-2", Op.EDIT, str(MINERALS), TEXT, ids)), Rejected)
    assert isinstance(await refused(client), Rejected)
    await client.send(Outgoing("key-3", Op.REPLY, str(MINERALS), TEXT, ids))
    assert len(fake.state.channels[MINERALS].messages) == 1


@pytest.mark.asyncio
async def test_an_old_edit_waits_an_hour(client: Discord, fake: FakeDiscord) -> None:
    """30046, too many edits of messages older than an hour: later, not refused."""
    ids = await client.send(POST)
    fake.state.faults = [Fault(route="PATCH", status=400, body={"code": 30046, "message": "Maximum number of edits"})]
    error = await refused(client, Outgoing("key-2", Op.EDIT, str(MINERALS), TEXT, ids))
    assert isinstance(error, RetryLater)
    assert error.after == timedelta(hours=1)


@pytest.mark.asyncio
async def test_a_malformed_post_is_rejected(client: Discord, fake: FakeDiscord) -> None:
    """400: this post will never be taken, and the error says why."""
    fake.state.faults = [Fault(status=400, body={"code": 50035, "message": "Invalid Form Body"})]
    assert "Invalid Form Body" in (await refused(client)).message


@pytest.mark.asyncio
async def test_find_cannot_tell_without_the_permission(client: Discord, fake: FakeDiscord, clock: Clock) -> None:
    """An empty history is an answer only where it may be read; found and absent are told apart among many messages."""
    assert Finding.ABSENT is (await client.find(POST, clock())).finding
    await client.send(POST)
    fake.state.channels[MINERALS].denied = HISTORY
    assert Finding.CANNOT_TELL is (await client.find(POST, clock())).finding
    fake.state.channels[MINERALS].denied = 0
    for number in range(120):
        fake.state.create(MINERALS, {"content": f"chat {number}"})
    assert Finding.FOUND is (await client.find(POST, clock() + timedelta(minutes=5))).finding
    assert Finding.ABSENT is (await client.find(replace(POST, key="key-9"), clock())).finding
    edit = Outgoing("key-1", Op.EDIT, str(MINERALS), TEXT, ("1",))
    assert Finding.ABSENT is (await client.find(edit, clock())).finding


@pytest.mark.asyncio
async def test_a_direct_message_opens_its_chat(client: Discord, fake: FakeDiscord, clock: Clock) -> None:
    """`user:7` is somebody's direct chat, opened at the first post; it can be looked through, too."""
    direct = replace(POST, channel="user:7")
    assert Finding.ABSENT is (await client.find(direct, clock())).finding
    ids = await client.send(direct)
    assert ids == (await client.find(direct, clock())).remote_ids
    assert [message["id"] for message in fake.state.direct(7).messages] == list(ids)
    assert fake.count("POST /users/@me/channels") == 1


def test_the_invitation_asks_for_what_is_used() -> None:
    """The number in the invitation's address."""
    assert INVITED.value == VIEW | SEND | EMBED | HISTORY | (1 << 38)


@pytest.mark.asyncio
async def test_only_the_roles_asked_for_are_called(client: Discord, fake: FakeDiscord) -> None:
    """A post calls the roles that moderators chose, by name and by permission; an edit calls nobody anew."""
    loud = replace(POST, message=Message(TEXT.sections, calls=("77", "not-a-number")))
    ids = await client.send(loud)
    [message] = fake.state.channels[MINERALS].messages
    assert ("<@&77>", True) == (message["content"], message["pings"])
    sent = next(request for request in fake.state.requests if request.body and "nonce" in request.body)
    assert [77] == sent.body["allowed_mentions"]["roles"]
    assert [] == sent.body["allowed_mentions"].get("parse", [])
    await client.edit(replace(loud, key="key-2", op=Op.EDIT, of=ids))
    edited = fake.state.requests[-1]
    assert [] == edited.body["allowed_mentions"].get("roles", [])
    await client.send(replace(POST, key="key-3"))
    assert not fake.state.channels[MINERALS].messages[-1]["pings"]
