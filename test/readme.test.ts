import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readArguments } from "../src/cli/arguments.ts";
import { optionsTable } from "../src/config.ts";
import { runInside, temporaryFolder } from "./support/command-line.ts";

const root = join(import.meta.dirname, "..");
const read = (name: string) => readFileSync(join(root, name), "utf8");
const readme = read("README.md");
const documents = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** Everything that is set as code in a document: fenced lines and code spans. */
function codeOf(markdown: string): readonly string[] {
  const fences = [...markdown.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].flatMap((match) => match[1]!.split("\n"));
  const spans = [...markdown.replace(/^```[\s\S]*?^```/gm, "").matchAll(/`([^`\n]+(?:\n[^`\n]+)?)`/g)].map(
    (match) => match[1]!,
  );
  return [...fences, ...spans];
}

/** The npm commands in a document, each as a script's name and the arguments after `--`. */
function npmCommands(markdown: string): readonly { readonly script: string; readonly argv: readonly string[] }[] {
  return codeOf(markdown)
    .flatMap((code) => code.replace(/\s+/g, " ").split(" && "))
    .flatMap((command) => {
      const match = /^(?:\$ )?npm (?:run ([\w:-]+)|(start|test))(?: -- (.*))?$/.exec(command.trim());
      if (!match) return [];
      const argv = match[3]?.match(/"[^"]*"|\[[^\]]+\]|\S+/g) ?? [];
      return [{ script: match[1] ?? match[2]!, argv: argv.map((word) => word.replace(/^["[]|["\]]$/g, "")) }];
    });
}

describe("README.md", () => {
  it("shows an answer that is really given", async () => {
    const example = /^\$ npm run ask -- "(.+)"\n([\s\S]*?)^```/m.exec(readme)!;
    const folder = temporaryFolder();
    const { out } = await runInside(["ask", example[1]!, "--data", join(folder.path, "data")]);
    folder.remove();
    expect(example[2], "run: node scripts/readme.ts").toBe(out);
  });

  it("has every option of the table, as the table has it", () => {
    expect(readme, "run: node scripts/readme.ts").toContain(`\n${optionsTable()}\n`);
  });

  it("begins with what it is, then the two commands, then the rest in order", () => {
    const headings = [...readme.matchAll(/^## (.+)$/gm)].map((match) => match[1]);
    expect(headings).toEqual([
      "Try it",
      "In a browser",
      "Connect it",
      "Feed it your own documents",
      "Feeds",
      "Digests",
      "Options",
      "How it answers, and when it declines",
      "Limits",
    ]);
    expect(readme).toContain('npm ci && npm run ask -- "What did the cable say about religious freedom?"');
    expect(readme).toContain("npm ci && npm test");
  });
});

describe.each(documents)("%s", (name) => {
  const markdown = read(name);

  it("names only scripts, commands and options that exist", () => {
    const { scripts } = JSON.parse(read("package.json"));
    for (const { script, argv } of npmCommands(markdown)) {
      expect(Object.keys(scripts), script).toContain(script);
      const command = { start: [], ask: ["ask"], eval: ["eval"] }[script];
      if (!command) continue;
      const asked = readArguments([...command, ...argv], 80);
      if ("text" in asked) expect(asked, `${script} ${argv.join(" ")}`).toMatchObject({ wanted: true });
    }
  });

  it("links only to files that are there", () => {
    for (const [, target] of markdown.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      expect(existsSync(join(root, name, "..", target!)), target).toBe(true);
    }
  });
});
