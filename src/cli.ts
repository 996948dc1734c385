/** The command line: reads the arguments, does what they ask, and turns whatever comes of it into an exit code. */
import { readArguments } from "./cli/arguments.ts";
import { codeOfEnd, codeOfError, exitCodes, isEnd } from "./cli/exit-codes.ts";
import type { Work } from "./cli/opening.ts";
import { layoutOf } from "./cli/printing.ts";
import type { Surroundings } from "./cli/surroundings.ts";
import { type Config, configOptions, readConfig } from "./config.ts";
import { NewsroomError, sentenceFor } from "./errors.ts";
import { createLogger, type Logger } from "./logger.ts";
import { inertLine } from "./reply/inert.ts";

function loggerFor({ errors, env, runtime }: Surroundings, config: Config, serving: boolean): Logger {
  const secrets = configOptions.flatMap(({ name, secret }) => (secret && env[name] ? [env[name].trim()] : []));
  // A command answers on the terminal; only what went wrong belongs beside that, unless more is asked for.
  const level = serving || env.LOG_LEVEL ? config.logLevel : "warn";
  const write = (line: string): void => void errors.write(line);
  return createLogger({ level, format: errors.isTTY ? "plain" : "json", write, runtime, secrets });
}

/** Each command's code is loaded when it is asked for: a question should not wait for the rest. */
async function perform(work: Work): Promise<number> {
  const { command } = work.invocation;
  switch (command.name) {
    case "ask":
      return (await import("./cli/ask.ts")).runAsk(work, command.question, command.options);
    case "ingest":
      return (await import("./cli/ingest.ts")).runIngest(work, command.paths, command.collection);
    case "forget":
      return (await import("./cli/sources.ts")).runForget(work, command.id);
    case "sources":
      return (await import("./cli/sources.ts")).runSources(work);
    case "collections":
      return (await import("./cli/sources.ts")).runCollections(work);
    case "allow":
      return (await import("./cli/sources.ts")).runAllow(work, command.place, command.collections);
    case "feeds":
      return (await import("./cli/feeds.ts")).runFeeds(work, command.asked);
    case "digest":
      return (await import("./cli/digest.ts")).runDigest(work, command.asked);
    case "eval":
      return (await import("./cli/eval.ts")).runEval(work, command.file, command);
    case "discord":
      return (await import("./cli/discord.ts")).runDiscord(work, command.asked);
    case "doctor":
      return (await import("./cli/doctor.ts")).runDoctor(work);
    case "serve":
      return (await import("./cli/serve.ts")).runServe(work);
  }
}

/**
 * Runs the command line with the arguments after the program's name; resolves with the exit code (see exit-codes.ts) and
 * never rejects. Answers go to the output, everything else to the errors.
 */
export async function runCommandLine(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { output, errors, env } = surroundings;
  const asked = readArguments(argv, layoutOf(output, true).width);
  if ("text" in asked) {
    (asked.wanted ? output : errors).write(asked.text);
    return asked.wanted ? exitCodes.done : exitCodes.usage;
  }
  let logger: Logger | null = null;
  try {
    const config = readConfig(env);
    logger = loggerFor(surroundings, config, asked.command.name === "serve");
    return await perform({ invocation: asked, surroundings, config, logger });
  } catch (error) {
    if (isEnd(error, surroundings.signal)) return codeOfEnd(surroundings.signal);
    if (!(error instanceof NewsroomError)) logger?.error("the command failed", { error });
    errors.write(`${inertLine(sentenceFor(error))}\n`);
    return codeOfError(error);
  }
}
