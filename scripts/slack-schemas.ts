/** Writes `test/fixtures/slack/schema.json`, what `@slack/types` says a payload may hold: `node scripts/slack-schemas.ts`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createGenerator } from "ts-json-schema-generator";

const root = join(import.meta.dirname, "..");

type Schema = Record<string, unknown>;

/** The definitions that may stand where Slack's types also admit any `{ type: string }`: only blocks that exist. */
const closed: Readonly<Record<string, Schema>> = { AnyBlock: { $ref: "#/definitions/KnownBlock" } };

/** Drops what only explains, so that the file changes when the rules change and not when a comment does. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !(key === "description" && typeof inner === "string"))
      .filter(([key]) => key !== "examples" && key !== "$comment" && key !== "deprecated")
      .map(([key, inner]) => [key, bare(inner)]),
  );
}

/** The `type` that a definition insists on, or null where it does not insist on one. */
function tagOf(schema: Schema, definitions: Readonly<Record<string, Schema>>): readonly string[] | null {
  if (typeof schema.$ref === "string") return tagOf(definitions[schema.$ref.split("/").at(-1)!]!, definitions);
  if (Array.isArray(schema.anyOf)) {
    const tags = schema.anyOf.map((branch) => tagOf(branch as Schema, definitions));
    return tags.some((tag) => tag === null) ? null : [...new Set(tags.flatMap((tag) => tag!))];
  }
  const type = (schema.properties as Record<string, Schema> | undefined)?.type;
  if (typeof type?.const === "string") return [type.const];
  return Array.isArray(type?.enum) ? (type.enum as string[]) : null;
}

/**
 * Turns "one of these" into "the one whose `type` this is", so that an error names the field and not twenty kinds.
 * Branches that share a `type` stay alternatives of that type.
 */
function byType(value: unknown, definitions: Readonly<Record<string, Schema>>): unknown {
  if (Array.isArray(value)) return value.map((inner) => byType(inner, definitions));
  if (typeof value !== "object" || value === null) return value;
  const schema = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, byType(inner, definitions)]),
  ) as Schema;
  const branches = (value as Schema).anyOf as readonly Schema[] | undefined;
  const tags = branches?.map((branch) => tagOf(branch, definitions));
  if (!branches || !tags || tags.some((tag) => tag === null)) return schema;
  const kinds = [...new Set(tags.flatMap((tag) => tag!))];
  if (kinds.length < 2) return schema;
  const rules = kinds.map((kind) => {
    const fitting = branches.filter((_, index) => tags[index]!.includes(kind));
    const rule = fitting.length === 1 ? fitting[0]! : { anyOf: fitting };
    // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
    return { if: { required: ["type"], properties: { type: { const: kind } } }, then: byType(rule, definitions) };
  });
  const { anyOf: _, ...rest } = schema;
  return { ...rest, type: "object", required: ["type"], properties: { type: { enum: kinds } }, allOf: rules };
}

/** The schema as text, the same bytes for the same version of `@slack/types`. */
export function slackSchemas(): string {
  const generated = createGenerator({
    path: join(root, "test/support/slack/shapes.ts"),
    type: "SlackShapes",
    tsconfig: join(root, "tsconfig.json"),
    skipTypeCheck: true,
    additionalProperties: false,
  }).createSchema("SlackShapes");
  const plain = bare(generated) as { definitions: Record<string, Schema> };
  const definitions = { ...plain.definitions, ...closed };
  return `${JSON.stringify({ definitions: byType(definitions, definitions) }, null, 1)}\n`;
}

if (import.meta.main) writeFileSync(join(root, "test/fixtures/slack/schema.json"), slackSchemas());
