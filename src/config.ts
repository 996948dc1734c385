/** The one table of options, and the reading of it from an environment: typos are errors, never defaults. */
import { isIP } from "node:net";
import { NewsroomError } from "./errors.ts";

/** How much the log says; each level includes the ones before it. */
const logLevels = ["error", "warn", "info", "debug"] as const;
type LogLevel = (typeof logLevels)[number];

type Kind = "text" | "port" | "address" | "password" | "networks" | readonly string[];

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
  {
    name: "FEEDS_PRIVATE_HOSTS",
    kind: "text",
    fallback: null,
    secret: false,
    help: "Hosts inside your own network that feeds may be read from (names or addresses, separated by commas); all others there are refused.",
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
    name: "DISCORD_TOKEN",
    kind: "text",
    fallback: null,
    secret: true,
    help: "Bot token of the Discord application.",
  },
  {
    name: "DISCORD_API_URL",
    kind: "address",
    fallback: null,
    secret: false,
    help: "Where Discord’s REST API is, when not at discord.com/api: a proxy. The gateway’s address comes from there.",
  },
  {
    name: "WEB",
    kind: ["on", "off"],
    fallback: "on",
    secret: false,
    help: "Whether “npm start” serves the pages for a browser.",
  },
  {
    name: "WEB_HOST",
    kind: "text",
    fallback: "127.0.0.1",
    secret: false,
    help: "Address to serve the pages on; another than this machine's own needs WEB_PASSWORD or WEB_TRUSTED_PROXY.",
  },
  { name: "WEB_PORT", kind: "port", fallback: "8484", secret: false, help: "Port to serve the pages on." },
  {
    name: "WEB_PASSWORD",
    kind: "password",
    fallback: null,
    secret: true,
    help: "What a browser must give once to see the pages (12 characters or more); scripts send it as a bearer token.",
  },
  {
    name: "WEB_TRUSTED_PROXY",
    kind: "networks",
    fallback: null,
    secret: false,
    help: "Addresses or networks (10.0.0.7, 10.0.0.0/8), by commas, of the proxy that lets people in: its X-Forwarded-For is believed, and without a password nobody else is served.",
  },
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
  /** Hosts, as in an address. */
  readonly feedsPrivateHosts: readonly string[];
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
  readonly discord: {
    readonly token: string | null;
    /** Without a slash at its end. */
    readonly apiUrl: string | null;
  };
  readonly web: {
    readonly on: boolean;
    readonly host: string;
    readonly port: number;
    readonly password: string | null;
    /** Addresses, and networks as address/bits; none when there is no proxy. */
    readonly trustedProxies: readonly string[];
  };
}

type Environment = Readonly<Record<string, string | undefined>>;
type OptionName = (typeof configOptions)[number]["name"];

const leastPassword = 12;

function listed(value: string | null): readonly string[] {
  return (value ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

/** An address, or a network as address/bits. */
function isNetwork(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** What is wrong with a value, as the end of a sentence; null when nothing is. */
function fault(kind: Kind, value: string): string | null {
  if (typeof kind !== "string") return kind.includes(value) ? null : `must be one of ${kind.join(", ")}`;
  if (kind === "port") return /^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? null : "must be a port, 0 to 65535";
  if (kind === "address") {
    const url = URL.canParse(value) ? new URL(value) : null;
    if (!url || !/^https?:$/.test(url.protocol)) return "must be an address that begins with http:// or https://";
    return url.search || url.hash ? "must be an address without ? and #" : null;
  }
  if (kind === "password")
    return value.length >= leastPassword ? null : `must have ${leastPassword} characters or more`;
  if (kind === "networks") {
    return listed(value).every(isNetwork) ? null : "must be addresses or networks such as 10.0.0.7, 10.0.0.0/8 or ::1";
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
    feedsPrivateHosts: (optional("FEEDS_PRIVATE_HOSTS") ?? "").split(/[\s,]+/).filter((host) => host !== ""),
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
    discord: { token: optional("DISCORD_TOKEN"), apiUrl: address("DISCORD_API_URL") },
    web: {
      on: given("WEB") === "on",
      host: given("WEB_HOST"),
      port: Number(given("WEB_PORT")),
      password: optional("WEB_PASSWORD"),
      trustedProxies: listed(optional("WEB_TRUSTED_PROXY")),
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
