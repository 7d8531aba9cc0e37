// What do official clients of others make of our doors, and of what we send? Answers as JSON.
import { CloudEvent, HTTP } from "cloudevents";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import Stripe from "stripe";

const { url, secrets, paid, closed, invoice, sent } = JSON.parse(process.argv[2]);

async function post(path, body, headers) {
  const answer = await fetch(url + path, { method: "POST", body, headers });
  return answer.status;
}

async function standardWebhooks(id, body, secret) {
  const at = new Date();
  const signature = new Webhook(secret).sign(id, at, body);
  return post("/in/billing", body, {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": signature,
  });
}

async function cloudEvents(mode, id) {
  const event = new CloudEvent({ ...closed, id, time: new Date().toISOString() });
  const message = mode(event);
  return post("/events", message.body, { ...message.headers, authorization: `Bearer ${secrets.crm}` });
}

async function stripe(body, secret) {
  const signing = new Stripe("sk_test_none");
  const header = signing.webhooks.generateTestHeaderString({ payload: body, secret });
  return post("/in/invoices", body, { "stripe-signature": header });
}

function ours(body, headers) {
  try {
    return new Webhook(sent.secret).verify(body, headers).type;
  } catch (wrong) {
    return wrong instanceof WebhookVerificationError ? "refused" : String(wrong);
  }
}

const another = "whsec_" + Buffer.from("another key of 32 bytes, or more").toString("base64");
console.log(JSON.stringify({
  standard: await standardWebhooks("msg_1", JSON.stringify(paid), secrets.billing),
  repeated: await standardWebhooks("msg_1", JSON.stringify(paid), secrets.billing),
  forged: await standardWebhooks("msg_2", JSON.stringify(paid), another),
  binary: await cloudEvents(HTTP.binary, "e-1"),
  structured: await cloudEvents(HTTP.structured, "e-2"),
  stripe: await stripe(JSON.stringify(invoice), secrets.invoices),
  stripeForged: await stripe(JSON.stringify(invoice), "whsec_another"),
  ours: ours(sent.body, sent.headers),
  oursChanged: ours(sent.body + " ", sent.headers),
}));
