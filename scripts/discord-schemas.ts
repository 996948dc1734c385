/** Writes `test/fixtures/discord/schema.json`, what `discord-api-types` says a bot may send: `node scripts/discord-schemas.ts`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { byType, type Definitions, definitionsOf, root, type Schema } from "./typed-schemas.ts";

/** Sets of bits, which the types name only one by one; 64-bit ids, which they call any string. */
const closed: Definitions = {
  MessageFlags: { type: "integer", minimum: 0 },
  ChannelFlags: { type: "integer", minimum: 0 },
  Snowflake: { type: "string", pattern: "^[0-9]{1,20}$" },
};

/** Gives definitions whose names are made of offsets and hashes a short name in order of their appearance. */
function named(definitions: Definitions): Definitions {
  const names = new Map<string, string>();
  for (const name of Object.keys(definitions))
    names.set(name, /^\w+$/.test(name) && !name.startsWith("_") ? name : `d${names.size}`);
  const renamed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renamed);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) =>
        key === "$ref" && typeof inner === "string"
          ? [key, `#/definitions/${names.get(decodeURIComponent(inner.slice("#/definitions/".length)))}`]
          : [key, renamed(inner)],
      ),
    );
  };
  return Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [names.get(name), renamed(schema)]),
  ) as Definitions;
}

/** The schema as text, the same bytes for the same version of `discord-api-types`; a definition a line. */
export function discordSchemas(): string {
  const definitions = { ...definitionsOf("test/support/discord/shapes.ts", "DiscordShapes"), ...closed };
  const short = named(byType(definitions, definitions) as Definitions);
  const empty = Object.entries(short).filter(([, { type, properties }]) => type === "object" && !properties);
  if (empty.some(([name]) => /^d\d+$/.test(name)))
    throw new Error("The generator lost what some type holds: name it in shapes.ts");
  const lines = Object.entries(short).map(
    ([name, schema]: [string, Schema]) => `${JSON.stringify(name)}:${JSON.stringify(schema)}`,
  );
  return `{"definitions":{\n${lines.join(",\n")}\n}}\n`;
}

if (import.meta.main) writeFileSync(join(root, "test/fixtures/discord/schema.json"), discordSchemas());
