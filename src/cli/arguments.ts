/** The table of commands and options, and the reading of an argument list against it. Prints nothing itself. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { addDigest, type DigestAsked } from "./digest-arguments.ts";
import { addDiscord, type DiscordAsked } from "./discord-arguments.ts";
import { addFeeds, type FeedsAsked } from "./feeds-arguments.ts";

/** What is asked of the command line. */
export interface Invocation {
  readonly command:
    | { readonly name: "ask"; readonly question: string | null; readonly options: AskOptions }
    | { readonly name: "ingest"; readonly paths: readonly string[]; readonly collection: string | null }
    | { readonly name: "forget"; readonly id: string }
    | { readonly name: "eval"; readonly file: string; readonly misses: boolean; readonly claims: number | undefined }
    | { readonly name: "allow"; readonly place: PlaceArguments; readonly collections: readonly string[] }
    | { readonly name: "feeds"; readonly asked: FeedsAsked }
    | { readonly name: "digest"; readonly asked: DigestAsked }
    | { readonly name: "discord"; readonly asked: DiscordAsked }
    | { readonly name: "sources" | "collections" | "doctor" | "serve" };
  /** Null: what the environment says. */
  readonly data: string | null;
  readonly json: boolean;
  readonly corpus: string | null;
}

export interface AskOptions {
  readonly claims: number | undefined;
  /** Null: what a terminal may see. */
  readonly collections: readonly string[] | null;
  readonly timing: boolean;
  readonly follow: boolean;
  readonly passages: boolean;
}

export interface PlaceArguments {
  readonly adapter: string;
  readonly workspace: string;
  readonly channel: string | null;
}

/** An argument list that asks for nothing to be done: help to print, or a mistake to explain. */
export interface Explanation {
  readonly text: string;
  /** True for help that was asked for. */
  readonly wanted: boolean;
}

const mostClaims = 20;

function claimsNumber(value: string): number {
  const count = Number(value);
  if (/^\d+$/.test(value) && count >= 1 && count <= mostClaims) return count;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${mostClaims}.`);
}

function collectionName(value: string): string {
  if (/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u.test(value)) return value;
  throw new InvalidArgumentError("A collection’s name has letters, digits, “.”, “_” and “-”.");
}

function collectionNames(value: string): readonly string[] {
  return [...new Set(value.split(",").map((name) => collectionName(name.trim())))];
}

const claimsOption = () =>
  new Option("--claims <n>", "show up to this many claims (default: 3)").argParser(claimsNumber);

/** Commands for which an answer comes from documents named on the spot. */
const answering = new Set(["ask", "eval", "sources"]);

type Chosen = Invocation["command"];
interface AskFlags {
  claims?: number;
  collections?: readonly string[];
  timing?: true;
  follow?: true;
  passages?: true;
}

function addAsk(program: Command, choose: (chosen: Chosen) => void): void {
  program
    .command("ask")
    .summary("answer a question; without one, a prompt, or one question a line of standard input")
    .description(
      "Answers a question from the corpus, with a citation for every claim.\n" +
        "Without a question: a prompt on a terminal; otherwise standard input, one question a line, blank lines skipped.\n" +
        "Exit code: 0 answered, 3 not in the corpus, 2 usage, 1 failure; for standard input 0 if every line was processed.",
    )
    .argument("[question...]", "the question")
    .addOption(claimsOption())
    .option(
      "--collections <names>",
      "answer from these collections, separated by commas (default: main)",
      collectionNames,
    )
    .option("--passages", "show each cited passage in its place")
    .option("--timing", "say how long answering took")
    .option("--follow", "lines of standard input follow each other, as in a conversation")
    .action((words: readonly string[], flags: AskFlags) => {
      const { claims, collections = null, timing = false, follow = false, passages = false } = flags;
      const question = words.length === 0 ? null : words.join(" ");
      choose({ name: "ask", question, options: { claims, collections, timing, follow, passages } });
    });
}

function addCorpusCommands(program: Command, choose: (chosen: Chosen) => void): void {
  program
    .command("ingest")
    .summary("bring documents into the corpus: .md, .txt, .html, .jsonl, and folders of them")
    .description(
      "Brings files and folders of .md, .txt, .html and .jsonl into the corpus. The same file again changes nothing; a changed\n" +
        "one becomes a new revision. It can be stopped at any time, and goes on when it is run again.",
    )
    .argument("<path...>", "files and folders")
    .option(
      "--collection <name>",
      "keep them in this collection (default: the one a document names, else main)",
      collectionName,
    )
    .action((paths: readonly string[], flags: { collection?: string }) =>
      choose({ name: "ingest", paths, collection: flags.collection ?? null }),
    );
  program
    .command("forget")
    .summary("remove a document, its revisions and its passages for good")
    .argument("<id>", "the document’s id, as `sources` lists it")
    .action((id: string) => choose({ name: "forget", id }));
  program
    .command("sources")
    .summary("list what is in the corpus, from whom, how fresh")
    .action(() => choose({ name: "sources" }));
  const collections = program
    .command("collections")
    .summary("list the collections, or say which ones a place may see")
    .action(() => choose({ name: "collections" }));
  collections
    .command("list", { isDefault: true })
    .summary("list the collections with their documents, and which places see which")
    .action(() => choose({ name: "collections" }));
  collections
    .command("allow")
    .summary("let a workspace, or one of its channels, see these collections and no others")
    .argument("<adapter>", "such as slack")
    .argument("<workspace>", "its id")
    .argument("[channel]", "its id; without one, the whole workspace")
    .requiredOption("--collections <names>", "names separated by commas", collectionNames)
    .action(
      (adapter: string, workspace: string, channel: string | undefined, flags: { collections: readonly string[] }) =>
        choose({
          name: "allow",
          place: { adapter, workspace, channel: channel ?? null },
          collections: flags.collections,
        }),
    );
}

function addOperating(program: Command, choose: (chosen: Chosen) => void): void {
  program
    .command("serve")
    .summary("(default) start every adapter that is configured, and say what the others need")
    .action(() => choose({ name: "serve" }));
  program
    .command("doctor")
    .summary("check settings, data folder, index and adapters; each problem with its cure")
    .action(() => choose({ name: "doctor" }));
  program
    .command("eval")
    .summary("measure the answers on a file of questions")
    .description(
      'Measures the answers on a JSON file of questions: {"questions": [{"q", "answers", "answerable", "gold"}], "docs": […]}.\n' +
        "With “docs” they are the corpus; otherwise --corpus, or what has been ingested.",
    )
    .argument("<file>", "the questions")
    .addOption(claimsOption())
    .option("--misses", "list the questions that went wrong")
    .action((file: string, flags: { claims?: number; misses?: true }) =>
      choose({ name: "eval", file, misses: flags.misses ?? false, claims: flags.claims }),
    );
}

function buildProgram(choose: (chosen: Chosen) => void): Command {
  const program = new Command("dateline")
    .description(
      "Answers questions from your newsroom’s own documents, word for word, with a citation for every claim.",
    )
    .option("--data <dir>", "folder that keeps the corpus (default: DATELINE_DATA, else ./data)")
    .option("--corpus <path>", "answer from just these documents, in memory")
    .option("--json", "print JSON, one object a line");
  addAsk(program, choose);
  addCorpusCommands(program, choose);
  addFeeds(program, (asked) => choose({ name: "feeds", asked }), collectionName);
  addDigest(program, (asked) => choose({ name: "digest", asked }));
  addOperating(program, choose);
  addDiscord(program, (asked) => choose({ name: "discord", asked }));
  return program;
}

/** A combination that would do nothing, as a sentence; null when there is none. */
function contradiction({ command, corpus, data, json }: Invocation): string | null {
  if (corpus !== null && !answering.has(command.name)) return `--corpus has no effect on ${command.name}.`;
  if (corpus !== null && data !== null)
    return "--corpus answers from its documents alone, so --data has no effect beside it.";
  if (command.name === "feeds" && json && command.asked.what === "export")
    return "--json has no effect on feeds export, which writes OPML; feeds list has it.";
  if (command.name === "digest" && json && (command.asked.subcommand !== "list" || command.asked.place))
    return "--json lists every channel's digest: it goes with digest list, without --place.";
  if (command.name === "ask" && json && command.options.passages) return "--passages has no effect beside --json.";
  if (command.name === "ask" && command.question !== null && command.options.follow) {
    return "--follow is for questions on standard input; a single question follows nothing.";
  }
  return null;
}

/** A subcommand that is none counts as an argument too many of what is done without one. */
const mistyped = /too many arguments for '(?:list|collections)'\. Expected 0 arguments but got \d+: ([^\s,.]+).*/;

/** Reads the arguments after the program's own name: what to do, or what to explain instead. */
export function readArguments(argv: readonly string[], width: number): Invocation | Explanation {
  let chosen: Chosen | undefined;
  let text = "";
  const program = buildProgram((found) => {
    chosen = found;
  });
  const write = (written: string): void => {
    text += written;
  };
  const output = {
    writeOut: write,
    writeErr: write,
    getOutHelpWidth: () => width,
    getErrHelpWidth: () => width,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  };
  const prepare = (command: Command): void => {
    command.exitOverride().configureOutput(output).configureHelp({ showGlobalOptions: true, minWidthToWrap: 15 });
    command.commands.forEach(prepare);
  };
  prepare(program);
  try {
    program.parse(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander shows its help where no command is named; we serve.
    const isNameless = error.code === "commander.help" && error.exitCode !== 0 && program.args.length === 0;
    if (!isNameless) return { text: text.replace(mistyped, "unknown command '$1'"), wanted: error.exitCode === 0 };
    chosen = { name: "serve" };
  }
  const { data = null, corpus = null, json = false } = program.opts<{ data?: string; corpus?: string; json?: true }>();
  const invocation: Invocation = { command: chosen!, data, corpus, json };
  const contradicted = contradiction(invocation);
  return contradicted === null ? invocation : { text: `error: ${contradicted}\n`, wanted: false };
}
