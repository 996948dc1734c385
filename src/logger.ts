/** The log: one line an event on a stream, JSON for machines, plain for a person at a terminal. */
import type { Runtime } from "./runtime.ts";

type Level = "error" | "warn" | "info" | "debug";

/** What goes with a message; an Error is written with its stack and its causes. */
export type LogFields = Readonly<Record<string, unknown>>;

export interface Logger {
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  /** The same log, with `name` on every line. */
  named(name: string): Logger;
}

export interface LoggerOptions {
  readonly level: Level;
  /** `json`: one object a line with `time`, `level`, `name`, `message`; `plain`: for reading. */
  readonly format: "json" | "plain";
  readonly write: (line: string) => void;
  readonly runtime: Pick<Runtime, "now">;
  /** Values that never appear, wherever they come up: tokens, signing secrets. */
  readonly secrets: readonly string[];
}

const rank: Record<Level, number> = { error: 0, warn: 1, info: 2, debug: 3 };

function describe(value: unknown, depth = 0): unknown {
  if (!(value instanceof Error)) return value;
  const cause = value.cause === undefined || depth > 4 ? {} : { cause: describe(value.cause, depth + 1) };
  const code = "code" in value ? { code: value.code } : {};
  return { name: value.name, message: value.message, ...code, stack: value.stack, ...cause };
}

/** One line, whatever a field holds: control characters escaped, cycles and bigints written, never a throw. */
function toJson(value: unknown): string {
  const seen = new WeakSet<object>();
  const json = JSON.stringify(value, (_key, entry: unknown) => {
    if (typeof entry === "bigint") return String(entry);
    const described = describe(entry);
    if (typeof described !== "object" || described === null) return described;
    if (seen.has(described)) return "[seen above]";
    seen.add(described);
    return described;
  });
  return json.replace(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A logger that writes events of `level` and above, one line each. */
export function createLogger(options: LoggerOptions): Logger {
  const secrets = options.secrets.filter((secret) => secret.length > 0);
  const redact = (line: string): string => secrets.reduce((text, secret) => text.replaceAll(secret, "[secret]"), line);

  const write = (name: string | null, level: Level, message: string, fields: LogFields): void => {
    if (rank[level] > rank[options.level]) return;
    const time = new Date(options.runtime.now()).toISOString();
    if (options.format === "json") {
      options.write(redact(`${toJson({ time, level, ...(name ? { name } : {}), message, ...fields })}\n`));
      return;
    }
    const rest = Object.keys(fields).length > 0 ? ` ${toJson(fields)}` : "";
    const text = toJson(message).slice(1, -1).replaceAll('\\"', '"');
    options.write(redact(`${time.slice(11, 19)} ${level.padEnd(5)} ${name ? `${name}: ` : ""}${text}${rest}\n`));
  };

  const make = (name: string | null): Logger => ({
    error: (message, fields = {}) => write(name, "error", message, fields),
    warn: (message, fields = {}) => write(name, "warn", message, fields),
    info: (message, fields = {}) => write(name, "info", message, fields),
    debug: (message, fields = {}) => write(name, "debug", message, fields),
    named: (child) => make(name ? `${name}.${child}` : child),
  });
  return make(null);
}
