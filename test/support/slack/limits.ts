/**
 * The lengths, counts and rules between fields that Slack enforces and `@slack/types` cannot say.
 * Source: docs.slack.dev/reference/block-kit, block by block, and what Slack answered others (named where it matters).
 */
import type { Complaint } from "./schema.ts";

type Json = Readonly<Record<string, unknown>>;

/** A dotted path (`*` for every item) and how long its string, or how many its list, may be. */
interface Limit {
  readonly path: string;
  readonly max: number;
  readonly min?: number;
}

const label = (path: string, max: number): Limit => ({ path: `${path}.text`, max, min: 1 });

/** By the `type` of a block or an element. */
const limits: Readonly<Record<string, readonly Limit[]>> = {
  section: [label("text", 3_000), { path: "fields", max: 10, min: 1 }, label("fields.*", 2_000)],
  header: [label("text", 150)],
  context: [{ path: "elements", max: 10, min: 1 }],
  context_actions: [{ path: "elements", max: 5, min: 1 }],
  actions: [{ path: "elements", max: 25, min: 1 }],
  markdown: [{ path: "text", max: 12_000, min: 1 }],
  image: [{ path: "image_url", max: 3_000, min: 1 }, { path: "alt_text", max: 2_000, min: 1 }, label("title", 2_000)],
  input: [label("label", 2_000), label("hint", 2_000)],
  video: [label("title", 199), label("description", 200), { path: "author_name", max: 49 }],
  table: [
    { path: "rows", max: 100, min: 1 },
    { path: "rows.*", max: 20, min: 1 },
    { path: "column_settings", max: 20 },
  ],
  card: [label("title", 150), label("subtitle", 150), label("body", 200)],
  carousel: [{ path: "elements", max: 10, min: 1 }],
  container: [label("title", 150), label("subtitle", 150), { path: "child_blocks", max: 10, min: 1 }],
  button: [
    label("text", 75),
    { path: "value", max: 2_000 },
    { path: "url", max: 3_000 },
    { path: "accessibility_label", max: 75 },
  ],
  feedback_buttons: ["positive_button", "negative_button"].flatMap((button) => [
    label(`${button}.text`, 75),
    { path: `${button}.value`, max: 2_000, min: 1 },
    { path: `${button}.accessibility_label`, max: 75 },
  ]),
  icon_button: [label("text", 75), { path: "value", max: 2_000 }, { path: "accessibility_label", max: 75 }],
  overflow: [{ path: "options", max: 5, min: 1 }],
  static_select: [
    { path: "options", max: 100, min: 1 },
    { path: "option_groups", max: 100, min: 1 },
  ],
  multi_static_select: [
    { path: "options", max: 100, min: 1 },
    { path: "option_groups", max: 100, min: 1 },
  ],
  checkboxes: [{ path: "options", max: 10, min: 1 }],
  radio_buttons: [{ path: "options", max: 10, min: 1 }],
  plain_text: [{ path: "text", max: 3_000, min: 1 }],
  mrkdwn: [{ path: "text", max: 3_000, min: 1 }],
  raw_text: [{ path: "text", max: 3_000, min: 1 }],
  task_update: [{ path: "title", max: 256, min: 1 }],
  plan_update: [{ path: "title", max: 256, min: 1 }],
  data_table: [
    { path: "rows", max: 101, min: 2 },
    { path: "rows.*", max: 20, min: 1 },
    { path: "caption", max: 3_000, min: 1 },
  ],
  modal: [label("title", 24), label("submit", 24), label("close", 24)],
};

/** Wherever they stand. */
const everywhere: readonly Limit[] = [
  { path: "block_id", max: 255, min: 1 },
  { path: "action_id", max: 255, min: 1 },
  label("placeholder", 150),
  label("confirm.title", 100),
  label("confirm.text", 300),
  label("confirm.confirm", 30),
  label("confirm.deny", 30),
  label("options.*.text", 75),
  label("options.*.description", 75),
  { path: "options.*.value", max: 150, min: 1 },
  { path: "options.*.url", max: 3_000 },
  { path: "private_metadata", max: 3_000 },
  { path: "callback_id", max: 255, min: 1 },
  { path: "external_id", max: 255, min: 1 },
];

/** All `markdown` blocks of a message together; all cells of one table. */
const cumulativeMarkdown = 12_000;
const tableText = 10_000;

/** Blocks that only a message may hold (docs.slack.dev, "Available in surfaces"). */
const messageOnly = ["markdown", "table", "data_table", "context_actions", "task_card", "plan", "file"];

/** Where blocks stand: how many there may be, and which kinds. */
export type Surface = "message" | "home" | "modal";

const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Everything of `blocks` that is too long, too many, empty, doubled or in the wrong place. */
export function blockComplaints(blocks: unknown, root: string, surface: Surface): readonly Complaint[] {
  if (!Array.isArray(blocks)) return [];
  const most = surface === "message" ? 50 : 100;
  const found: Complaint[] = [];
  if (blocks.length > most) found.push({ message: `no more than ${most} items allowed`, pointer: `/${root}` });
  blocks.forEach((block, index) => {
    found.push(...complaintsIn(block, `/${root}/${index}`));
    if (isRecord(block) && surface !== "message" && messageOnly.includes(String(block.type)))
      found.push({ message: `unsupported type: ${block.type}`, pointer: `/${root}/${index}/type` });
  });
  const markdown = blocks.reduce((sum, block) => sum + (block?.type === "markdown" ? String(block.text).length : 0), 0);
  if (markdown > cumulativeMarkdown)
    found.push({
      message: `markdown blocks must be less than ${cumulativeMarkdown + 1} characters together`,
      pointer: `/${root}`,
    });
  return [...found, ...doubled(blocks, root)];
}

/** Walks any payload and reports what breaks a limit of its type. */
export function complaintsIn(value: unknown, pointer: string): readonly Complaint[] {
  if (Array.isArray(value)) return value.flatMap((inner, index) => complaintsIn(inner, `${pointer}/${index}`));
  if (!isRecord(value)) return [];
  const type = String(value.type);
  const own = [...(limits[type] ?? []), ...everywhere].flatMap((limit) =>
    valuesAt(value, limit.path.split("."), pointer).flatMap(([found, at]) => breach(found, at, limit)),
  );
  const inner = Object.entries(value).flatMap(([key, child]) =>
    key === "event_payload" ? [] : complaintsIn(child, `${pointer}/${key}`),
  );
  const all = [...own, ...rulesOf(type, value, pointer), ...inner];
  return all.filter(
    (one, index) => all.findIndex((other) => other.pointer === one.pointer && other.message === one.message) === index,
  );
}

function valuesAt(value: unknown, path: readonly string[], pointer: string): readonly (readonly [unknown, string])[] {
  const [step, ...rest] = path;
  if (step === undefined) return [[value, pointer]];
  if (step === "*")
    return Array.isArray(value) ? value.flatMap((inner, index) => valuesAt(inner, rest, `${pointer}/${index}`)) : [];
  if (!isRecord(value) || !(step in value)) return [];
  return valuesAt(value[step], rest, `${pointer}/${step}`);
}

function breach(value: unknown, pointer: string, { max, min = 0 }: Limit): readonly Complaint[] {
  if (typeof value === "string") {
    // Slack counts characters, not UTF-16 units.
    const length = value.length > max ? [...value].length : value.length;
    if (length > max) return [{ message: `must be less than ${max + 1} characters`, pointer }];
    if (length < min) return [{ message: `must be more than ${min - 1} characters`, pointer }];
  }
  if (Array.isArray(value)) {
    if (value.length > max) return [{ message: `no more than ${max} items allowed`, pointer }];
    if (value.length < min) return [{ message: `must have at least ${min} item${min === 1 ? "" : "s"}`, pointer }];
  }
  return [];
}

function rulesOf(type: string, value: Json, pointer: string): readonly Complaint[] {
  if (type === "section" && value.text === undefined && value.fields === undefined)
    return [{ message: "missing required field: text or fields", pointer }];
  if (type === "button" && typeof value.url === "string" && !/^(https?|slack|mailto|tel):/i.test(value.url))
    return [{ message: "invalid url", pointer: `${pointer}/url` }];
  if (type === "image" && typeof value.image_url === "string" && !/^https?:\/\//i.test(value.image_url))
    return [{ message: "invalid image url", pointer: `${pointer}/image_url` }];
  if (type === "icon_button" && value.icon !== undefined && value.icon !== "trash")
    return [{ message: "must be a valid icon", pointer: `${pointer}/icon` }];
  if (/^(data_)?table$/.test(type) && textLength(value.rows) > tableText)
    return [{ message: `must be less than ${tableText + 1} characters in all cells`, pointer: `${pointer}/rows` }];
  if (type === "card" && ["hero_image", "title", "actions", "body"].every((name) => value[name] === undefined))
    return [{ message: "missing required field: hero_image, title, actions or body", pointer }];
  if (type === "modal" && value.submit === undefined && hasInput(value.blocks))
    return [{ message: "submit is required when an input block is used", pointer }];
  return [];
}

/** Characters that a reader sees in `value`: every `text`, wherever it stands. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, inner) => sum + textLength(inner), 0);
  if (!isRecord(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) => sum + (key === "text" && typeof inner === "string" ? inner.length : textLength(inner)),
    0,
  );
}

const hasInput = (blocks: unknown) => Array.isArray(blocks) && blocks.some((block) => block?.type === "input");

/** A `block_id` may stand once in a message, an `action_id` once in a block. */
function doubled(blocks: readonly unknown[], root: string): readonly Complaint[] {
  const found: Complaint[] = [];
  const ids = new Set<string>();
  blocks.forEach((block, index) => {
    if (!isRecord(block)) return;
    if (typeof block.block_id === "string") {
      if (ids.has(block.block_id))
        found.push({ message: `block_id \`${block.block_id}\` already exists`, pointer: `/${root}/${index}/block_id` });
      ids.add(block.block_id);
    }
    const actions = new Set<string>();
    const elements = [...(Array.isArray(block.elements) ? block.elements : []), block.accessory, block.element];
    elements.forEach((element, position) => {
      if (!isRecord(element) || typeof element.action_id !== "string") return;
      if (actions.has(element.action_id))
        found.push({
          message: `action_id \`${element.action_id}\` already exists for block_id \`${block.block_id ?? ""}\``,
          pointer: `/${root}/${index}/elements/${position}/action_id`,
        });
      actions.add(element.action_id);
    });
  });
  return found;
}
