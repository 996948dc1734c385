/** Holds a payload against the schema generated from `@slack/types`, and says what is wrong the way Slack says it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { SlackShapes } from "./shapes.ts";

/** What is wrong, and where: a JSON pointer from the root of the payload. */
export interface Complaint {
  readonly message: string;
  readonly pointer: string;
}

const file = join(import.meta.dirname, "..", "..", "fixtures", "slack", "schema.json");
const ajv = new Ajv({ allErrors: true, strict: false });
ajv.addSchema({ $id: "slack", ...JSON.parse(readFileSync(file, "utf8")) });
const compiled = new Map<string, ValidateFunction>();

function validatorOf(shape: keyof SlackShapes): ValidateFunction {
  const known = compiled.get(shape);
  if (known) return known;
  const made = ajv.compile({ $ref: `slack#/definitions/SlackShapes/properties/${shape}` });
  compiled.set(shape, made);
  return made;
}

/** Everything in `value` that the type does not allow; `root` is the argument's name, as in Slack's own pointers. */
export function shapeComplaints(shape: keyof SlackShapes, value: unknown, root: string): readonly Complaint[] {
  const validate = validatorOf(shape);
  if (validate(value)) return [];
  const complaints = (validate.errors ?? [])
    .filter((error) => error.keyword !== "if")
    .map((error) => ({ message: sentenceOf(error), pointer: `/${root}${error.instancePath}` }));
  const seen = new Set<string>();
  return complaints.filter(({ message, pointer }) => {
    const key = `${message}${pointer}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function sentenceOf(error: ErrorObject): string {
  if (error.keyword === "additionalProperties")
    return `invalid additional property: ${error.params.additionalProperty}`;
  if (error.keyword === "required") return `missing required field: ${error.params.missingProperty}`;
  if (error.keyword === "type") return `must provide a ${error.params.type}`;
  if (error.keyword === "const") return `must be equal to ${JSON.stringify(error.params.allowedValue)}`;
  if (error.keyword === "enum" && error.instancePath.endsWith("/type")) return "unsupported type";
  if (error.keyword === "enum") return `must be one of ${JSON.stringify(error.params.allowedValues)}`;
  if (error.keyword === "anyOf") return "failed to match all allowed schemas";
  return error.message ?? error.keyword;
}
