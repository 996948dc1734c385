/** Splits YAML front matter from a Markdown text and reads its plain values; nothing in it can name types or expand. */
import { isMap, isScalar, parseDocument } from "yaml";
import { NewsroomError } from "../../errors.ts";

/** Longer front matter, in UTF-16 units, is no front matter. */
const maxLength = 65_536;

/** The values that front matter gives, as written, and where the body begins. */
export interface FrontMatter {
  /** Scalars of the top level by key in lower case; empty values are left out. */
  readonly values: ReadonlyMap<string, string>;
  /** Keys whose value is something else: a list, a mapping, an alias. */
  readonly odd: ReadonlySet<string>;
  readonly bodyStart: number;
}

/**
 * The front matter of `text`, or none (then the body is the whole text). Throws `bad-document`, naming `name`, for front
 * matter that is not closed, is not YAML, or is not a list of `key: value` lines.
 */
export function readFrontMatter(text: string, name: string): FrontMatter {
  const none: FrontMatter = { values: new Map(), odd: new Set(), bodyStart: 0 };
  const opening = /^---[ \t]*(?:\r\n|\n|\r)/.exec(text);
  if (!opening) return none;
  const head = text.slice(0, maxLength);
  const closing = /(?:^|\r\n|\n|\r)(?:---|\.\.\.)[ \t]*(?=\r\n|\n|\r|$)(?:\r\n|\n|\r)?/g;
  closing.lastIndex = opening[0].length - 1;
  const close = closing.exec(head);
  if (!close) {
    if (!/^[ \t]*["']?[\w-]+["']?[ \t]*:/m.test(head.slice(opening[0].length).split(/\n\s*\n/, 1)[0] ?? ""))
      return none;
    throw new NewsroomError(
      "bad-document",
      `The front matter of ${name} begins with --- but is never closed; put a line with --- after its last key.`,
    );
  }
  const yaml = text.slice(opening[0].length, close.index + 1);
  return { ...readValues(yaml, name), bodyStart: close.index + close[0].length };
}

function readValues(yaml: string, name: string): Pick<FrontMatter, "values" | "odd"> {
  const values = new Map<string, string>();
  const odd = new Set<string>();
  const contents = parse(yaml, name);
  if (contents === null) return { values, odd };
  if (!isMap(contents)) {
    throw new NewsroomError(
      "bad-document",
      `The front matter of ${name} is not made of "key: value" lines; write it so, or remove both lines with ---.`,
    );
  }
  for (const { key, value } of contents.items) {
    if (!isScalar(key)) continue;
    const label = String(key.value).toLowerCase();
    if (value === null || (isScalar(value) && isEmpty(value.value))) continue;
    if (isScalar(value)) values.set(label, String(value.value));
    else odd.add(label);
  }
  return { values, odd };
}

function isEmpty(value: unknown): boolean {
  return value === null || value === "" || value === "~" || value === "null";
}

/** YAML with the failsafe schema: every scalar is text as written, no tag makes anything, aliases are never followed. */
function parse(yaml: string, name: string): unknown {
  try {
    const document = parseDocument(yaml, { schema: "failsafe", logLevel: "silent", prettyErrors: true });
    if (document.errors[0]) throw document.errors[0];
    return document.contents;
  } catch (cause) {
    const first =
      cause instanceof RangeError ? "it is nested too deeply" : (cause as Error).message.split(/[\r\n]/, 1)[0];
    throw new NewsroomError(
      "bad-document",
      `The front matter of ${name} is not valid YAML (${first?.replace(/:$/, "")}); correct it or remove it.`,
      { cause },
    );
  }
}
