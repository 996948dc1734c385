import { join } from "node:path";
import { Ajv } from "ajv";
import { createGenerator } from "ts-json-schema-generator";
import { expect, it } from "vitest";
import { clientOf, openSlack } from "./slack/fixture.ts";
import type { Json } from "./slack/index.ts";
import type { SentShapes } from "./slack/sent-shapes.ts";

/** What `@slack/types` and Bolt's types say of each kind of payload; a property more is allowed, one less is not. */
function createJudge(): (kind: keyof SentShapes, payload: unknown) => readonly string[] {
  const schema = createGenerator({
    path: join(import.meta.dirname, "slack", "sent-shapes.ts"),
    type: "SentShapes",
    tsconfig: join(import.meta.dirname, "..", "..", "tsconfig.json"),
    skipTypeCheck: true,
    additionalProperties: true,
  }).createSchema("SentShapes");
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true });
  ajv.addSchema({ ...(schema as object), $id: "sent" });
  return (kind, payload) => {
    const key = `sent#/definitions/SentShapes/properties/${kind}`;
    const validate = ajv.getSchema(key)!;
    validate(payload);
    return (validate.errors ?? [])
      .filter(({ data }) => data !== null) // Slack says null where the types say that the property is absent.
      .map(({ instancePath, message }) => `${kind}${instancePath} ${message}`);
  };
}

it("sends payloads as Slack's own types describe them", async () => {
  const slack = await openSlack({ ackWindowMs: 20, retries: false });
  const ada = slack.addPerson("ada");
  const news = slack.addChannel("news", { members: [ada] });
  const client = clientOf(slack);
  const half = (text: string) => ({ text: { type: "plain_text", text } as const, value: text });
  const blocks = [
    {
      type: "actions",
      elements: [{ type: "button", action_id: "go", value: "1", text: { type: "plain_text", text: "Go" } }],
    },
    {
      type: "context_actions",
      elements: [
        { type: "feedback_buttons", action_id: "rate", positive_button: half("a"), negative_button: half("b") },
      ],
    },
  ] as const;

  const { message } = await slack.mention(ada.id, news.id, "who won?");
  await slack.say(ada.id, news.id, "and then?", { thread: message.ts, broadcast: true });
  await slack.edit(message, "who lost?");
  await slack.otherBot(news.id, "beep");
  await slack.join(slack.addPerson("bob").id, news.id);
  const ts = (await client.chat.postMessage({ channel: news.id, text: "answer", blocks: [...blocks] as never })).ts!;
  const answer = slack.find(news.id, ts)!;
  const button = (await slack.press(ada.id, answer, "go")).delivery.payload;
  const rating = (await slack.press(ada.id, answer, "rate", "b")).delivery.payload;
  const shortcut = (await slack.shortcut(ada.id, message, "verify")).delivery.payload;
  const view = { type: "modal", callback_id: "v", title: { type: "plain_text", text: "a" } } as const;
  await client.views.open({ trigger_id: String(shortcut.trigger_id), view: { ...view, blocks: [] } });
  const submitted = (await slack.submit(ada.id)).delivery.payload;
  const command = (await slack.slash(ada.id, news.id, "/ask", "who won?")).delivery.payload;
  await client.chat.delete({ channel: news.id, ts });
  await slack.openHome(ada.id);
  await slack.openAssistant(ada.id, news.id);
  await slack.uninstall();

  const judge = createJudge();
  const wrong: string[] = [
    ...judge("button", button),
    ...judge("feedback_buttons", rating),
    ...judge("message_action", shortcut),
    ...judge("view_submission", submitted),
    ...judge("slash_command", command),
  ];
  const kinds = new Set<string>();
  for (const { type, payload } of slack.deliveries) {
    if (type !== "events_api") continue;
    const event = payload.event as Json;
    const kind = String(event.subtype ?? event.type);
    kinds.add(kind);
    // The panel's own message has no type of its own in @slack/types.
    if (kind !== "assistant_app_thread") wrong.push(...judge(kind as keyof SentShapes, event));
    wrong.push(...judge("envelope", payload));
  }
  expect(wrong).toEqual([]);
  expect([...kinds].sort()).toEqual([
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "assistant_app_thread",
    "assistant_thread_started",
    "bot_message",
    "channel_join",
    "message",
    "message_changed",
    "message_deleted",
    "thread_broadcast",
    "tokens_revoked",
  ]);
});
