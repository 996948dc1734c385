/** Holds what a bot sends against Discord's own OpenAPI description, which lies beside the repository where it is. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import type { Json } from "./components.ts";
import type { Call } from "./rest.ts";

/** Where Discord's description lies; not everywhere. */
export const openApiFile = join(import.meta.dirname, "..", "..", "..", "..", "shared", "discord-openapi.json");

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: { readonly schemas: Json };
}

interface Checker {
  readonly description: Description;
  readonly ajv: Ajv;
  readonly compiled: Map<string, ValidateFunction | null>;
}

let checker: Checker | null = null;

function load(): Checker {
  const description = JSON.parse(readFileSync(openApiFile, "utf8")) as Description;
  const ajv = new Ajv({ allErrors: true, strict: false, logger: false, validateFormats: false });
  ajv.addSchema({ $id: "openapi", components: { schemas: description.components.schemas } });
  return { description, ajv, compiled: new Map() };
}

/** `$ref`s into the description, as its schemas have them, made absolute. */
function absolute(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absolute);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === "$ref" && typeof inner === "string" ? [key, `openapi${inner}`] : [key, absolute(inner)],
    ),
  );
}

/** The path of the description that fits, the one with the fewest parameters first. */
function patternOf({ description }: Checker, pathname: string): string | null {
  const steps = pathname.split("/");
  const fitting = Object.keys(description.paths).filter((path) => {
    const wanted = path.split("/");
    return (
      wanted.length === steps.length &&
      wanted.every((step, index) => step.startsWith("{") || step === decodeURIComponent(steps[index]!))
    );
  });
  const parameters = (path: string) => path.split("{").length;
  return fitting.toSorted((one, other) => parameters(one) - parameters(other))[0] ?? null;
}

function validatorOf(using: Checker, pattern: string, method: string): ValidateFunction | null {
  const key = `${method} ${pattern}`;
  const known = using.compiled.get(key);
  if (known !== undefined) return known;
  const operation = using.description.paths[pattern]?.[method.toLowerCase()] as
    | { readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Json }>> } }
    | undefined;
  const schema = operation?.requestBody?.content?.["application/json"]?.schema;
  const made = schema ? using.ajv.compile(absolute(schema) as Json) : null;
  using.compiled.set(key, made);
  return made;
}

/** Everything in a request that Discord's description does not allow; unknown paths too. */
export function openApiComplaints({
  method,
  pathname,
  body,
}: Pick<Call, "method" | "pathname" | "body">): readonly string[] {
  checker ??= load();
  const pattern = patternOf(checker, pathname);
  if (pattern === null || !(method.toLowerCase() in checker.description.paths[pattern]!))
    return [`${method} ${pathname} is not known`];
  const validate = body === undefined ? null : validatorOf(checker, pattern, method);
  if (validate === null || validate(body)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${method} ${pattern}${instancePath} ${message}`);
}
