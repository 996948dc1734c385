/** The one table of options, and the reading of it from an environment: typos are errors, never defaults. */
import { NewsroomError } from "./errors.ts";

/** How much the log says; each level includes the ones before it. */
const logLevels = ["error", "warn", "info", "debug"] as const;
type LogLevel = (typeof logLevels)[number];

type Kind = "text" | "port" | "address" | readonly string[];

/** One row of the table. `secret` values are never printed, not by the log, not by `doctor`. */
export interface ConfigOption {
  readonly name: string;
  readonly kind: Kind;
  /** What holds when the variable is absent or empty; null when the option is then off. */
  readonly fallback: string | null;
  readonly secret: boolean;
  /** What it is for, in a sentence. */
  readonly help: string;
}

/** Every environment variable that Dateline reads. README's table and `.env.example` are checked against it. */
export const configOptions = [
  {
    name: "DATELINE_DATA",
    kind: "text",
    fallback: "./data",
    secret: false,
    help: "Folder that keeps the corpus, its index and the conversations.",
  },
  {
    name: "PUBLIC_URL",
    kind: "address",
    fallback: null,
    secret: false,
    help: "Address under which this Dateline's own pages can be opened; citations without an address of their own link there.",
  },
  { name: "LOG_LEVEL", kind: logLevels, fallback: "info", secret: false, help: "How much the log on stderr says." },
  {
    name: "SLACK_MODE",
    kind: ["socket", "http"],
    fallback: "socket",
    secret: false,
    help: "How Slack reaches us: a socket that we open (no public address needed), or signed HTTP requests.",
  },
  { name: "SLACK_BOT_TOKEN", kind: "text", fallback: null, secret: true, help: "Bot token (xoxb-…) of the Slack app." },
  {
    name: "SLACK_APP_TOKEN",
    kind: "text",
    fallback: null,
    secret: true,
    help: "App-level token (xapp-…) with connections:write; for socket mode.",
  },
  {
    name: "SLACK_SIGNING_SECRET",
    kind: "text",
    fallback: null,
    secret: true,
    help: "Signing secret of the Slack app; for http mode.",
  },
  {
    name: "SLACK_API_URL",
    kind: "address",
    fallback: null,
    secret: false,
    help: "Where Slack’s Web API is, when not at slack.com: GovSlack, a proxy.",
  },
  { name: "HOST", kind: "text", fallback: "127.0.0.1", secret: false, help: "Address to listen on in http mode." },
  { name: "PORT", kind: "port", fallback: "3000", secret: false, help: "Port to listen on in http mode." },
  {
    name: "NO_COLOR",
    kind: "text",
    fallback: null,
    secret: false,
    help: "Any value: no colour on a terminal. Without it there is colour on a terminal, and never elsewhere.",
  },
] as const satisfies readonly ConfigOption[];

/** The options, read. Null means not set. */
export interface Config {
  /** A path, as given. */
  readonly data: string;
  /** Without a slash at its end. */
  readonly publicUrl: string | null;
  readonly logLevel: LogLevel;
  readonly noColour: boolean;
  readonly slack: {
    readonly mode: "socket" | "http";
    readonly botToken: string | null;
    readonly appToken: string | null;
    readonly signingSecret: string | null;
    /** Without a slash at its end. */
    readonly apiUrl: string | null;
    readonly host: string;
    readonly port: number;
  };
}

type Environment = Readonly<Record<string, string | undefined>>;
type OptionName = (typeof configOptions)[number]["name"];

/** What is wrong with a value, as the end of a sentence; null when nothing is. */
function fault(kind: Kind, value: string): string | null {
  if (typeof kind !== "string") return kind.includes(value) ? null : `must be one of ${kind.join(", ")}`;
  if (kind === "port") return /^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? null : "must be a port, 0 to 65535";
  if (kind === "address") {
    const url = URL.canParse(value) ? new URL(value) : null;
    if (!url || !/^https?:$/.test(url.protocol)) return "must be an address that begins with http:// or https://";
    return url.search || url.hash ? "must be an address without ? and #" : null;
  }
  return null;
}

/**
 * Reads the options from an environment. An empty value counts as absent.
 * Throws one NewsroomError `configuration` that names every problem; a secret's value is never in its message.
 */
export function readConfig(env: Environment): Config {
  const problems: string[] = [];
  const values = new Map<OptionName, string | null>();
  for (const option of configOptions) {
    const value = env[option.name]?.trim() || option.fallback;
    values.set(option.name, value);
    const wrong = value === null ? null : fault(option.kind, value);
    if (wrong) problems.push(`${option.name} ${wrong}${option.secret ? "" : `, not “${value}”`}.`);
  }
  if (problems.length > 0) {
    throw new NewsroomError("configuration", `${problems.join(" ")} Correct it in the environment or in .env.`);
  }
  const optional = (name: OptionName): string | null => values.get(name) ?? null;
  const given = (name: OptionName): string => values.get(name) ?? "";
  const address = (name: OptionName): string | null => optional(name)?.replace(/\/+$/, "") ?? null;
  return {
    data: given("DATELINE_DATA"),
    publicUrl: address("PUBLIC_URL"),
    logLevel: given("LOG_LEVEL") as LogLevel,
    noColour: optional("NO_COLOR") !== null,
    slack: {
      mode: given("SLACK_MODE") as "socket" | "http",
      botToken: optional("SLACK_BOT_TOKEN"),
      appToken: optional("SLACK_APP_TOKEN"),
      signingSecret: optional("SLACK_SIGNING_SECRET"),
      apiUrl: address("SLACK_API_URL"),
      host: given("HOST"),
      port: Number(given("PORT")),
    },
  };
}

function helpOf({ help, kind }: ConfigOption): string {
  return typeof kind === "string" ? help : `${help} One of: ${kind.join(", ")}.`;
}

/** The text of `.env.example`: every option, commented out, with its help and its fallback. */
export function envExample(): string {
  const rows = configOptions.map((option) => `# ${helpOf(option)}\n#${option.name}=${option.fallback ?? ""}\n`);
  return `# Copy to .env and fill in what you need; everything has a default or is off without it.\n\n${rows.join("\n")}`;
}

/** The table of options as README.md has it. */
export function optionsTable(): string {
  const rows = configOptions.map((option) => {
    const fallback = option.fallback === null ? "" : `\`${option.fallback}\``;
    return `| \`${option.name}\` | ${fallback} | ${helpOf(option)} |\n`;
  });
  return `| Option | Default | What it is for |\n|---|---|---|\n${rows.join("")}`;
}
