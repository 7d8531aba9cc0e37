"""Whose address is counted when something stands in front?"""

import httpx
import pytest
from fastapi import FastAPI, Request
from pydantic import ValidationError

from shared.process.settings import Settings
from shared.process.web import server
from shared.web.addresses import address_of

PROXY, CLIENT, LIAR = "10.0.0.7", "203.0.113.9", "198.51.100.66"


async def seen(peer: str, headers: list[tuple[str, str]], trusted: str = "") -> tuple[str, str]:
    """The address and the scheme that a page sees behind a real server's layers."""
    web = FastAPI()

    @web.get("/")
    async def tell(request: Request) -> list[str]:
        return [address_of(request), request.url.scheme]

    config = server(web, "127.0.0.1", 0, Settings(trusted_proxies=trusted).proxies()).config
    config.load()
    transport = httpx.ASGITransport(config.loaded_app, client=(peer, 4711))
    async with httpx.AsyncClient(transport=transport, base_url="http://clientele.test") as http:
        address, scheme = (await http.get("/", headers=headers)).json()
    return address, scheme


def forwarded(*addresses: str, proto: str = "https") -> list[tuple[str, str]]:
    return [("X-Forwarded-For", ", ".join(addresses)), ("X-Forwarded-Proto", proto)]


@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", LIAR])
async def test_nobody_is_believed_who_is_not_named_not_even_this_machine(
    peer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")  # uvicorn's own setting changes nothing
    address, scheme = await seen(peer, forwarded(CLIENT))
    assert address != CLIENT
    assert scheme == "http"


@pytest.mark.parametrize("trusted", [PROXY, "10.0.0.0/24", "192.0.2.1, 10.0.0.0/8"])
async def test_a_trusted_proxy_says_for_whom_it_asks_and_how(trusted: str) -> None:
    assert await seen(PROXY, forwarded(CLIENT), trusted) == (CLIENT, "https")


async def test_what_a_visitor_writes_into_the_header_is_not_believed() -> None:
    lied = forwarded("127.0.0.1", LIAR, CLIENT)
    assert (await seen(PROXY, lied, "10.0.0.0/8"))[0] == CLIENT


async def test_of_two_proxies_in_a_row_both_are_looked_through() -> None:
    assert (await seen(PROXY, forwarded(CLIENT, "10.0.0.99"), "10.0.0.0/8"))[0] == CLIENT


async def test_a_proxy_that_adds_a_line_of_its_own_is_believed_for_that_line() -> None:
    lines = [("X-Forwarded-For", LIAR), ("X-Forwarded-For", CLIENT)]
    assert (await seen(PROXY, lines, PROXY))[0] == CLIENT


async def test_a_proxy_seen_through_a_socket_for_both_kinds_of_ip_is_known() -> None:
    assert (await seen(f"::ffff:{PROXY}", forwarded(CLIENT), PROXY))[0] == CLIENT


async def test_all_addresses_of_one_ipv6_connection_count_as_one() -> None:
    found = {(await seen(f"2001:db8:1:2::{end:x}", []))[0] for end in (1, 2, 0xFFFF)}
    assert found == {"2001:db8:1:2::/64"}
    assert (await seen("2001:db8:1:3::1", []))[0] == "2001:db8:1:3::/64"


async def test_an_ipv4_address_is_one_however_it_is_written() -> None:
    assert (await seen(f"::ffff:{CLIENT}", []))[0] == (await seen(CLIENT, []))[0] == CLIENT


@pytest.mark.parametrize("wrong", ["*", "proxy.example", "10.0.0.1/8", "10.0.0.300"])
def test_what_is_no_address_or_network_ends_the_start(wrong: str) -> None:
    with pytest.raises(ValidationError):
        Settings(trusted_proxies=wrong)


def test_proxies_are_named_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTELE_TRUSTED_PROXIES", "10.0.0.7, 192.0.2.0/24")
    assert Settings().trusted_proxies == ("10.0.0.7/32", "192.0.2.0/24")
