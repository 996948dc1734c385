import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

const sources = ["src", "adapters"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((name) => /\.ts$/.test(name)),
);

/** What a module imports: files of ours as paths from the root, packages by name. Types count, dynamic imports too. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8").replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, "");
  const found = [...text.matchAll(/(?:from\s*|import\s*\(\s*|import\s+|new URL\(\s*)["']([^"']+)["']/g)].map(
    (match) => match[1]!,
  );
  return found.map((name) => (name.startsWith(".") ? normalize(join(dirname(file), name)) : name));
}

const imports = new Map(sources.map((file) => [file, importsOf(file)]));

/** A folder of the core may import these, and itself. Model files (plain data types) are open to all. */
const models = new Set([
  "src/ports.ts",
  "src/errors.ts",
  "src/runtime.ts",
  "src/logger.ts",
  "src/measures.ts",
  "src/corpus/document.ts",
  "src/feeds/feed.ts",
  "src/feeds/feed-record.ts",
  "src/search/search.ts",
  "src/answer/answer.ts",
  "src/digest/digest.ts",
  "src/reply/reply.ts",
  "src/schedule/ledger.ts",
  "src/schedule/schedule.ts",
  "src/store/store.ts",
]);
const allowed: Record<string, readonly string[]> = {
  text: [],
  reply: ["text"],
  corpus: ["text"],
  search: ["text", "corpus"],
  question: ["text"],
  answer: ["text", "question", "search", "corpus", "reply"],
  store: ["corpus"],
  digest: ["text", "corpus", "feeds", "search", "reply"],
  feeds: ["text", "corpus"],
  schedule: [],
  platform: [],
  commands: ["text", "corpus", "answer", "reply", "feeds", "digest", "schedule"],
};

function folderOf(file: string): string {
  return file.split("/")[1]!;
}

/** The command line stands with main.ts above the core; nothing of the core may import it. */
function isTop(file: string): boolean {
  return file.split("/").length < 3 || folderOf(file) === "cli";
}

describe("who may import whom", () => {
  it("keeps every folder of the core to what it is allowed", () => {
    const breaches: string[] = [];
    for (const [file, list] of imports) {
      if (!file.startsWith("src/") || isTop(file)) continue;
      const own = folderOf(file);
      for (const target of list) {
        if (!target.startsWith("src/")) {
          if (target.startsWith("adapters/")) breaches.push(`${file} imports ${target}`);
          continue;
        }
        if (
          models.has(target) ||
          (target.split("/").length > 2 && [own, ...(allowed[own] ?? [])].includes(folderOf(target)))
        )
          continue;
        breaches.push(`${file} imports ${target}`);
      }
    }
    expect(breaches).toEqual([]);
  });

  it("keeps model files to other model files", () => {
    const breaches = [...imports]
      .filter(([file]) => models.has(file))
      .flatMap(([file, list]) =>
        list
          .filter((target) => target.startsWith("src/") && !models.has(target))
          .map((target) => `${file} imports ${target}`),
      );
    expect(breaches).toEqual([]);
  });

  it("lets only store/ touch a database", () => {
    const breaches = [...imports].filter(
      ([file, list]) => !file.startsWith("src/store/") && list.some((name) => name === "node:sqlite" || name === "pg"),
    );
    expect(breaches.map(([file]) => file)).toEqual([]);
  });

  it("lets adapters import the ports, the reply, the errors, what all platforms need and themselves only", () => {
    const breaches: string[] = [];
    for (const [file, list] of imports) {
      if (!file.startsWith("adapters/")) continue;
      for (const target of list) {
        if (target.startsWith("adapters/") && folderOf(target) !== folderOf(file))
          breaches.push(`${file} imports ${target}`);
        if (target.startsWith("src/") && !(models.has(target) || /^src\/(?:reply|platform)\//.test(target)))
          breaches.push(`${file} imports ${target}`);
      }
    }
    expect(breaches).toEqual([]);
  });

  it("lets only main.ts name an adapter, by dynamic import", () => {
    for (const [file, list] of imports) {
      if (!file.startsWith("src/")) continue;
      const named = list.filter((target) => target.startsWith("adapters/"));
      if (file !== "src/main.ts") expect(named, file).toEqual([]);
      const text = readFileSync(join(root, file), "utf8");
      expect(text.match(/from\s+["'][^"']*adapters\/[^"']*["']/g) ?? [], file).toEqual([]);
    }
  });

  it("has no cycle, types included", () => {
    const state = new Map<string, "open" | "done">();
    const cycles: string[] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      if (state.get(file) === "done") return;
      if (state.get(file) === "open") {
        cycles.push([...trail.slice(trail.indexOf(file)), file].join(" -> "));
        return;
      }
      state.set(file, "open");
      for (const target of imports.get(file) ?? []) if (imports.has(target)) visit(target, [...trail, file]);
      state.set(file, "done");
    };
    for (const file of imports.keys()) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it("reads the environment, the clock and chance only where they come in", () => {
    const breaches = sources
      .filter((file) => !["src/main.ts", "src/runtime.ts"].includes(file))
      .filter((file) =>
        /process\.env|Date\.now\(|Math\.random\(|new Date\(\)/.test(readFileSync(join(root, file), "utf8")),
      )
      .map((file) => relative(root, join(root, file)));
    expect(breaches).toEqual([]);
  });
});
