/** Reads the part of a request that becomes a message, and refuses it with the error that Slack gives. */
import { blockComplaints, complaintsIn, type Surface, textLength } from "./limits.ts";
import { type Complaint, shapeComplaints } from "./schema.ts";
import type { SlackShapes } from "./shapes.ts";
import type { Json } from "./workspace.ts";

/** Slack's `{ ok: false }`; `complaints` become `response_metadata.messages`. */
export class Refusal extends Error {
  readonly error: string;
  readonly complaints: readonly Complaint[];
  readonly extra: Json;

  constructor(error: string, complaints: readonly Complaint[] = [], extra: Json = {}) {
    super(error);
    this.error = error;
    this.complaints = complaints;
    this.extra = extra;
  }
}

/** The body of Slack's answer to a refusal; any other error is the double's own and is thrown on. */
export function refusalBody(error: unknown): Json {
  if (!(error instanceof Refusal)) throw error;
  const errors = error.complaints.map(({ message, pointer }) =>
    pointer ? `${message} [json-pointer:${pointer}]` : message,
  );
  return {
    ok: false,
    error: error.error,
    ...error.extra,
    ...(errors.length > 0 && { errors, response_metadata: { messages: errors.map((one) => `[ERROR] ${one}`) } }),
  };
}

/** What becomes the message. */
export interface Content {
  readonly text: string;
  readonly blocks?: readonly Json[];
  readonly attachments?: readonly Json[];
  readonly metadata?: Json;
}

/**
 * What all blocks of a posted message may hold together. Slack gives no figure: "12,000 characters with a buffer for
 * containers"; slackapi/bolt-js#2509 saw 13,297 pass, and 125 fewer with a divider beside them. Not for response URLs.
 */
const allBlocks = 13_297;
const eachBlock = 125;

/** An argument that is a JSON text in a form and a value in a JSON body. */
export function structured(args: Json, name: string, error: string): unknown {
  const value = args[name];
  if (typeof value !== "string") return value ?? undefined;
  if (value === "") return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw new Refusal(error);
  }
}

/** The text argument `name`; a `Refusal` with `error` where it is missing, empty or no text. */
export function requireText(args: Json, name: string, error = "invalid_arguments"): string {
  const value = args[name];
  if (typeof value === "string" && value !== "") return value;
  throw new Refusal(error, [{ message: `missing required field: ${name}`, pointer: "" }]);
}

/** A boolean as a form sends it; undefined where it was not sent. */
export const asFlag = (value: unknown): boolean | undefined =>
  value === undefined ? undefined : value === true || value === "true" || value === "1";

function refuseIf(error: string, complaints: readonly Complaint[]): void {
  if (complaints.length > 0) throw new Refusal(error, complaints);
}

/** The blocks of a message or a view, checked; `error` is what a refusal is called. */
export function readBlocks(
  args: Json,
  surface: Surface,
  root = "blocks",
  error = "invalid_blocks",
): readonly Json[] | undefined {
  const blocks = structured(args, "blocks", "invalid_blocks_format");
  if (blocks === undefined) return undefined;
  if (!Array.isArray(blocks)) throw new Refusal("invalid_blocks_format");
  const given = blocks as readonly Json[];
  refuseIf(error, [...shapeComplaints("blocks", given, root), ...blockComplaints(given, root, surface)]);
  if (given.filter(({ type }) => type === "table").length > 1)
    throw new Refusal("invalid_attachments", [{ message: "only_one_table_allowed", pointer: "" }]);
  return given;
}

function refuseTooLong(blocks: readonly Json[]): void {
  const characters = textLength(blocks) + eachBlock * (blocks.length - 1);
  if (characters > allBlocks) throw new Refusal("msg_blocks_too_long");
}

function readAttachments(args: Json): readonly Json[] | undefined {
  const attachments = structured(args, "attachments", "invalid_attachments");
  if (attachments === undefined) return undefined;
  if (Array.isArray(attachments) && attachments.length > 100) throw new Refusal("too_many_attachments");
  refuseIf("invalid_attachments", [
    ...shapeComplaints("attachments", attachments, "attachments"),
    ...(attachments as Json[]).flatMap((one, index) =>
      blockComplaints(one.blocks, `attachments/${index}/blocks`, "message"),
    ),
  ]);
  return attachments as Json[];
}

/** The `metadata` argument, checked; undefined where it was not sent. */
export function readMetadata(args: Json): Json | undefined {
  const metadata = structured(args, "metadata", "invalid_metadata_format");
  if (metadata === undefined) return undefined;
  refuseIf("invalid_metadata_schema", shapeComplaints("metadata", metadata, "metadata"));
  if (JSON.stringify(metadata).length > 16_384) throw new Refusal("metadata_too_large");
  return metadata as Json;
}

/** Refuses with `error` what the type or the limits of `shape` do not allow. */
export function readShape(shape: keyof SlackShapes, value: unknown, error: string): void {
  refuseIf(error, [...shapeComplaints(shape, value, shape), ...complaintsIn(value, `/${shape}`)]);
}

/** The message in `args`. Slack would cut a text over 40,000 characters; here that is refused, because a cut loses claims. */
export function readContent(args: Json, byResponseUrl = false): Content {
  const text = args.text === undefined || args.text === null ? "" : args.text;
  if (typeof text !== "string")
    throw new Refusal("invalid_arguments", [{ message: "must provide a string", pointer: "/text" }]);
  const markdown = args.markdown_text;
  if (markdown !== undefined) {
    if (typeof markdown !== "string" || markdown === "") throw new Refusal("no_text");
    if (text !== "" || args.blocks !== undefined) throw new Refusal("markdown_text_conflict");
    if (markdown.length > 12_000) throw new Refusal("msg_too_long");
  }
  const blocks = readBlocks(args, "message");
  const attachments = readAttachments(args);
  const metadata = readMetadata(args);
  if (blocks && !byResponseUrl) refuseTooLong(blocks);
  if (text.length > 40_000) throw new Refusal("msg_too_long");
  const body = text || (markdown as string | undefined) || "";
  if (body.trim() === "" && !blocks?.length && !attachments?.length) throw new Refusal("no_text");
  return { text: body, ...(blocks && { blocks }), ...(attachments && { attachments }), ...(metadata && { metadata }) };
}

let named = 0;

/** What Slack keeps: blocks and their elements have ids, made up where the sender gave none. */
export function withIds(blocks: readonly Json[]): readonly Json[] {
  const element = (value: unknown): unknown =>
    typeof value === "object" && value !== null && interactive.has(String((value as Json).type))
      ? { action_id: `act${++named}`, ...value }
      : value;
  return blocks.map((block) => ({
    block_id: `blk${++named}`,
    ...block,
    ...(Array.isArray(block.elements) && { elements: block.elements.map(element) }),
    ...(block.accessory !== undefined && { accessory: element(block.accessory) }),
  }));
}

const interactive = new Set([
  "button",
  "feedback_buttons",
  "icon_button",
  "overflow",
  "static_select",
  "checkboxes",
  "radio_buttons",
  "datepicker",
]);
