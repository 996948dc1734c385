/** A real logger whose lines a test can read. */
import { createLogger, type Logger } from "../../src/logger.ts";
import { systemRuntime } from "../../src/runtime.ts";

export interface LogLines {
  readonly logger: Logger;
  /** Every line so far, oldest first. */
  readonly lines: readonly { readonly level: string; readonly message: string }[];
  /** The messages of a level, one a line. */
  said(level: "error" | "warn" | "info"): string;
}

export function createLogLines(): LogLines {
  const lines: { level: string; message: string }[] = [];
  const logger = createLogger({
    level: "debug",
    format: "json",
    write: (line) => lines.push(JSON.parse(line)),
    runtime: systemRuntime,
    secrets: [],
  });
  const said = (level: string) => lines.filter((line) => line.level === level).map(({ message }) => message);
  return { logger, lines, said: (level) => said(level).join("\n") };
}
