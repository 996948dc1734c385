/** Reads robots.txt: which pages of a site may be read by this program (https://www.rfc-editor.org/rfc/rfc9309). */

interface Rule {
  readonly allow: boolean;
  readonly path: string;
}

/** Whether a path (with its query) may be read. */
export type RobotsRules = (path: string) => boolean;

/** Lines beyond this many are no rules that a person wrote. */
const maxRules = 5_000;
const maxPathLength = 2_000;

/** The rules of `text` for the program named `agent`, in lower case; those for everybody where it is not named. */
export function readRobots(text: string, agent: string): RobotsRules {
  const groups = new Map<string, Rule[]>();
  let current: string[] = [];
  let inRules = false;
  let count = 0;
  for (const line of text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/)) {
    const match = /^\s*([A-Za-z-]{1,30})\s*:([^#]*)/.exec(line);
    if (!match) continue;
    const [key, value] = [match[1]!.toLowerCase(), match[2]!.trim()];
    if (key === "user-agent") {
      if (inRules) current = [];
      inRules = false;
      const name = /^[a-z_-]+|^\*/.exec(value.toLowerCase())?.[0] ?? "";
      current.push(name);
      if (!groups.has(name)) groups.set(name, []);
    } else if (key === "allow" || key === "disallow") {
      inRules = true;
      if (value === "" || value.length > maxPathLength || ++count > maxRules) continue;
      for (const name of current) groups.get(name)!.push({ allow: key === "allow", path: value });
    }
  }
  const rules = groups.get(agent) ?? groups.get("*") ?? [];
  return (path) => isAllowed(rules, path);
}

/** The longest rule that matches decides; of two as long, the one that allows. */
function isAllowed(rules: readonly Rule[], path: string): boolean {
  let best: Rule | null = null;
  for (const rule of rules) {
    if (best && (rule.path.length < best.path.length || (rule.path.length === best.path.length && !rule.allow)))
      continue;
    if (matches(rule.path, normal(path))) best = rule;
  }
  return best?.allow ?? true;
}

/** Percent signs are compared in one case. */
function normal(path: string): string {
  return path.slice(0, maxPathLength * 2).replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase());
}

/** Whether `path` begins as `pattern` says: * stands for anything, $ for the end. */
function matches(pattern: string, path: string): boolean {
  const anchored = pattern.endsWith("$");
  const pieces = normal(anchored ? pattern.slice(0, -1) : pattern).split("*");
  const first = pieces.shift()!;
  if (!path.startsWith(first)) return false;
  let at = first.length;
  const final = anchored ? pieces.pop() : undefined;
  for (const piece of pieces) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  if (!anchored) return true;
  return final === undefined ? at === path.length : path.length - final.length >= at && path.endsWith(final);
}
