/**
 * Brings what README.md copies from the code up to date: the example answer and the table of options. The test of README.md
 * fails until it is run.
 *
 * usage: node scripts/readme.ts
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { optionsTable } from "../src/config.ts";

const root = join(import.meta.dirname, "..");
const file = join(root, "README.md");
const data = mkdtempSync(join(tmpdir(), "dateline-"));
let readme = readFileSync(file, "utf8");
const command = /^\$ npm run ask -- "(.+)"$/m.exec(readme)!;
const answer = execFileSync(process.execPath, ["src/main.ts", "ask", command[1]!, "--data", data], {
  cwd: root,
  encoding: "utf8",
});
rmSync(data, { recursive: true });
readme = readme.replace(/(^\$ npm run ask -- ".+"\n)[\s\S]*?(?=```)/m, (_all, line: string) => line + answer);
readme = readme.replace(/\| Option \|[\s\S]*?\n(?=\n)/, () => optionsTable());
writeFileSync(file, readme);
