"""Can no address that a subscription may name lead to where only this machine gets?"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.target_urls import check_url, may_lead_to, target_of
from shared.errors import RuleError

NOBODY = "0.0.0.0"  # noqa: S104 - nothing listens there
INSIDE = [
    NOBODY, "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",
    "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192",
    "192.88.99.1", "192.168.0.1", "198.18.0.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::7f00:1", "64:ff9b::7f00:1",
    "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::",
    "2002:a9fe:a9fe::1", "3fff::1", "fc00::1", "fd00:ec2::254", "fd20:ce::254", "fe80::1",
    "fe80::1%eth0", "fec0::1", "ff02::1", "2606:4700::1%eth0",
]  # fmt: skip
OUTSIDE = ["8.8.8.8", "93.184.215.14", "172.32.0.1", "192.0.1.1", "2606:4700:4700::1111"]
METADATA = ["169.254.169.254", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254"]


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_of_the_inside_is_reached(address: str) -> None:
    assert not may_lead_to(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_of_the_outside_is(address: str) -> None:
    assert may_lead_to(address)


@pytest.mark.parametrize("address", [*METADATA, NOBODY, "::", "ff02::1", "255.255.255.255"])
def test_no_setting_leads_to_a_machine_s_metadata_or_to_everybody(address: str) -> None:
    assert not may_lead_to(address, allowed=True)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.0.9", "::1", "fd12::1"])
def test_a_host_the_firm_names_may_lie_inside(address: str) -> None:
    assert may_lead_to(address, allowed=True)


@given(st.ip_addresses(v=4))
def test_ipv4_inside_ipv6_is_never_reached_in_any_dress(four: IPv4Address) -> None:
    number = int(four)
    for dress in (
        f"::ffff:{four}",
        f"::{four}",
        str(IPv6Address((0x64FF9B << 96) | number)),
        str(IPv6Address((0x2002 << 112) | (number << 80) | 1)),
        str(IPv6Address((0x20010000 << 96) | (number ^ 0xFFFFFFFF))),
    ):
        assert not may_lead_to(dress), dress
        assert not may_lead_to(dress, allowed=True) or ip_address(dress).is_loopback


@given(st.ip_addresses())
def test_what_is_reached_is_global_unicast_and_what_is_not_is_refused(
    address: IPv4Address | IPv6Address,
) -> None:
    if may_lead_to(str(address)):
        assert address.is_global
        kinds = ("multicast", "loopback", "link_local", "private", "reserved", "unspecified")
        assert [kind for kind in kinds if getattr(address, f"is_{kind}")] == []
        assert may_lead_to(str(address), allowed=True)


@given(st.sampled_from(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"]),
       st.integers(min_value=0))  # fmt: skip
def test_no_corner_of_a_private_network_is_reached(network: str, number: int) -> None:
    within = ip_network(network)
    assert not may_lead_to(str(within[number % within.num_addresses]))


@given(st.text(max_size=40))
def test_what_is_no_address_is_not_reached(text: str) -> None:
    try:
        ip_address(text)
    except ValueError:
        assert not may_lead_to(text)


@pytest.mark.parametrize(
    "url",
    [
        "", "crm.example", "ftp://crm.example/", "https://", "https:///in", "https://user@crm/",
        "https://user:secret@crm.example/", "https://crm.example/#part", "https://crm.example:0/",
        "https://crm.example:65536/", "https://crm.example:99999/", "https://crm..example/",
        "https://crm.example./", "https://crm.example\\@evil.example/", "https://crm.example/ in",
        "https://crm.example/\n", "https://bücher.example/", "https://crm.example/ä",
        "https://[fe80::1%25eth0]/", "https://[::1", "HTTPS://crm.example/", "https://-crm.example/",
        "https://crm.example/" + "x" * 1000,
    ],
)  # fmt: skip
def test_a_url_has_one_plain_form(url: str) -> None:
    assert target_of(url) is None
    with pytest.raises(RuleError) as refused:
        check_url(url, by_http=True)
    assert refused.value.field == "url"


def test_a_url_says_where_it_leads() -> None:
    target = target_of("https://CRM.example:8443/in?key=a%20b")
    assert target is not None
    assert (target.host, target.port, target.path) == ("crm.example", 8443, "/in?key=a%20b")
    assert target.named == "crm.example:8443"
    six = target_of("https://[2606:4700::1]")
    assert six is not None
    assert (six.host, six.port, six.path, six.named) == (
        "2606:4700::1", 443, "/", "[2606:4700::1]",
    )  # fmt: skip


@given(st.from_regex(r"https?://[!-~]{1,40}", fullmatch=True))
def test_no_two_programs_read_an_accepted_url_differently(url: str) -> None:
    target = target_of(url)
    if target is not None:
        read = httpx.URL(url)
        assert read.host == target.host
        assert (read.port or {"https": 443, "http": 80}[read.scheme]) == target.port
        assert read.userinfo == b""
