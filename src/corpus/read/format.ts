/** Which format a file is in, by the end of its name. */

/** The formats that can be read. */
export type Format = "markdown" | "plain" | "page" | "archive";

const formats: ReadonlyMap<string, Format> = new Map([
  [".md", "markdown"],
  [".markdown", "markdown"],
  [".txt", "plain"],
  [".text", "plain"],
  [".html", "page"],
  [".htm", "page"],
  [".jsonl", "archive"],
  [".ndjson", "archive"],
]);

/** What can be read, for sentences. */
export const readable = ".md, .txt, .html and .jsonl";

/** The format of a file with the extension `extension` (with its dot, any case), or null when it is not one of ours. */
export function formatOf(extension: string): Format | null {
  return formats.get(extension.toLowerCase()) ?? null;
}
