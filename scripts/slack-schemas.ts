/** Writes `test/fixtures/slack/schema.json`, what `@slack/types` says a payload may hold: `node scripts/slack-schemas.ts`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { byType, type Definitions, definitionsOf, root } from "./typed-schemas.ts";

/** The definitions that may stand where Slack's types also admit any `{ type: string }`: only blocks that exist. */
const closed: Definitions = { AnyBlock: { $ref: "#/definitions/KnownBlock" } };

/** The schema as text, the same bytes for the same version of `@slack/types`. */
export function slackSchemas(): string {
  const definitions = { ...definitionsOf("test/support/slack/shapes.ts", "SlackShapes"), ...closed };
  return `${JSON.stringify({ definitions: byType(definitions, definitions) }, null, 1)}\n`;
}

if (import.meta.main) writeFileSync(join(root, "test/fixtures/slack/schema.json"), slackSchemas());
