/** Holds what a bot sends against the schema generated from `discord-api-types`, and says what is wrong as Discord does. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { Complaint } from "./refusal.ts";
import type { DiscordShapes } from "./shapes.ts";

const file = join(import.meta.dirname, "..", "..", "fixtures", "discord", "schema.json");
const ajv = new Ajv({ allErrors: true, strict: false });
ajv.addSchema({ $id: "discord", ...JSON.parse(readFileSync(file, "utf8")) });
const compiled = new Map<string, ValidateFunction>();

function validatorOf(shape: keyof DiscordShapes): ValidateFunction {
  const known = compiled.get(shape);
  if (known) return known;
  const made = ajv.compile({ $ref: `discord#/definitions/DiscordShapes/properties/${shape}` });
  compiled.set(shape, made);
  return made;
}

/** Everything in `value` that the type does not allow. */
export function shapeComplaints(shape: keyof DiscordShapes, value: unknown): readonly Complaint[] {
  const validate = validatorOf(shape);
  if (validate(value)) return [];
  const all = (validate.errors ?? []).filter(({ keyword }) => keyword !== "if").map(complaintOf);
  return all.filter(({ path, code }, at) => all.findIndex((one) => one.path === path && one.code === code) === at);
}

function complaintOf(error: ErrorObject): Complaint {
  const path = error.instancePath.split("/").filter(Boolean).join(".");
  const under = (name: string) => (path === "" ? name : `${path}.${name}`);
  if (error.keyword === "additionalProperties")
    return { path: under(error.params.additionalProperty), code: "UNKNOWN_FIELD", message: "This field is not known" };
  if (error.keyword === "required")
    return { path: under(error.params.missingProperty), code: "BASE_TYPE_REQUIRED", message: "This field is required" };
  if (error.keyword === "type")
    return { path, code: "BASE_TYPE_BAD_TYPE", message: `Must be of type ${error.params.type}` };
  if (error.keyword === "enum" || error.keyword === "const") {
    const values = JSON.stringify(error.params.allowedValues ?? [error.params.allowedValue]);
    return { path, code: "BASE_TYPE_CHOICES", message: `Value must be one of ${values}` };
  }
  return { path, code: "BASE_TYPE_INVALID", message: error.message ?? error.keyword };
}
