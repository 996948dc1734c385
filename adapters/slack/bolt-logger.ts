/** Bolt's log as part of ours. */
import { format } from "node:util";
import { type Logger as BoltLogger, LogLevel } from "@slack/bolt";
import type { Logger } from "../../src/logger.ts";

/** What Bolt says to itself goes to `debug`; its warnings and errors to `warn`, because ours name cause and cure. */
export function createBoltLogger(logger: Logger): BoltLogger {
  const bolt = logger.named("bolt");
  return {
    debug: () => undefined,
    info: (...words) => bolt.debug(format(...words)),
    warn: (...words) => bolt.warn(format(...words)),
    error: (...words) => bolt.warn(format(...words)),
    getLevel: () => LogLevel.INFO,
    setLevel: () => undefined,
    setName: () => undefined,
  };
}
