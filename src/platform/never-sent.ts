/** Tells from what a client library threw whether a request certainly never left this machine. */

const neverSent = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"];

/** A property of anything, or undefined. */
export function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** Why nothing was sent, as Node names it, from the error or what caused it; "" when something may have been. */
export function whyNeverSent(error: unknown): string {
  for (let at = error, depth = 0; at !== undefined && depth < 5; at = field(at, "cause"), depth += 1) {
    const code = field(at, "code");
    if (typeof code === "string" && neverSent.includes(code)) return code;
  }
  return "";
}
