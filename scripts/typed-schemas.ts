/** Makes a JSON schema out of a platform's own TypeScript types, bare and strict, the same bytes for the same version. */
import { join } from "node:path";
import { createGenerator } from "ts-json-schema-generator";

export const root = join(import.meta.dirname, "..");

export type Schema = Record<string, unknown>;
export type Definitions = Record<string, Schema>;

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

const isTag = (value: unknown): value is string | number => typeof value === "string" || typeof value === "number";

/** The `type` that a definition insists on, or null where it does not insist on one. */
function tagOf(schema: Schema, definitions: Readonly<Definitions>): readonly (string | number)[] | null {
  if (typeof schema.$ref === "string")
    return tagOf(definitions[decodeURIComponent(schema.$ref.split("/").at(-1)!)]!, definitions);
  if (Array.isArray(schema.anyOf)) {
    const tags = schema.anyOf.map((branch) => tagOf(branch as Schema, definitions));
    return tags.some((tag) => tag === null) ? null : [...new Set(tags.flatMap((tag) => tag!))];
  }
  const type = (schema.properties as Record<string, Schema> | undefined)?.type;
  if (typeof type?.$ref === "string") {
    const { const: only, enum: some } = definitions[decodeURIComponent(type.$ref.split("/").at(-1)!)]!;
    return isTag(only) ? [only] : Array.isArray(some) ? some : null;
  }
  if (isTag(type?.const)) return [type.const];
  return Array.isArray(type?.enum) ? (type.enum as string[]) : null;
}

/**
 * Turns "one of these" into "the one whose `type` this is", so that an error names the field and not twenty kinds.
 * Branches that share a `type` stay alternatives of that type.
 */
export function byType(value: unknown, definitions: Readonly<Definitions>): unknown {
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

/** The definitions behind the interface `type` of the module at `path`, relative to the repository. */
export function definitionsOf(path: string, type: string): Definitions {
  const generated = createGenerator({
    path: join(root, path),
    type,
    tsconfig: join(root, "tsconfig.json"),
    skipTypeCheck: true,
    additionalProperties: false,
  }).createSchema(type);
  return (bare(generated) as { definitions: Definitions }).definitions;
}
