"""Is somebody found from outside, and does a matter that is handed over go on with its tasks?"""

from datetime import timedelta

from tests.journeys.firm import Firm, Json, until


async def test_a_client_is_found_by_their_number_and_their_matter_goes_to_another_lawyer(
    firm: Firm,
) -> None:
    lawyer, partner = (firm.connect["staff"][role] for role in ("lawyer", "partner"))
    client_id = await firm.a_client(phone="+49 30 7654 9182")
    matter_id = firm.id("m")
    opened = {"matter_id": matter_id, "client_id": client_id, "practice_area": "tenancy",
              "owner_id": lawyer}  # fmt: skip
    await firm.say("matter-opened", client_id, opened)
    await firm.idle()
    found = await firm.get("/api/v1/search", q="030 76549182")
    (client,) = found["clients"]
    assert (client["client_id"], client["by"]) == (client_id, "phone")
    assert leaders(client)[matter_id] == lawyer
    task_id = await a_task(firm, client_id, matter_id, lawyer)
    now = (await firm.now()).isoformat()
    said = {"client_id": client_id, "matter_id": matter_id, "from": lawyer, "to": partner,
            "at": now}  # fmt: skip
    await firm.say("handover-completed", client_id, said)
    await firm.idle()

    async def handed_over() -> bool:
        task: Json = await firm.get(f"/api/v1/tasks/{task_id}")
        return bool(task["owner_id"] == partner)

    await until(handed_over, "the new owner")
    (client,) = (await firm.get("/api/v1/search", q=client_id))["clients"]
    assert leaders(client)[matter_id] == partner
    told = [each["text"] for each in await firm.timeline(client_id)]
    assert any("was handed over" in each for each in told)
    looks = await firm.get(f"/api/v1/clients/{client_id}/looks")
    assert {each["outcome"] for each in looks["items"]} == {"opened"}


def leaders(client: Json) -> dict[str, str]:
    return {each["matter_id"]: each["owner_id"] for each in client["matters"]}


async def a_task(firm: Firm, client_id: str, matter_id: str, owner_id: str) -> str:
    due = (await firm.now() + timedelta(days=2)).isoformat()
    asked = {"title": "Call the court", "due_at": due, "owner_id": owner_id,
             "about": {"client_id": client_id, "matter_id": matter_id}}  # fmt: skip
    async with firm.api("partner") as api:
        answer = await api.post("/api/v1/tasks", json=asked)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["task_id"])
