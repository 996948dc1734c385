/** What the web is given of the other platforms: their renderers, to show an answer as it looks there. */
import type { Reply } from "../../src/reply/reply.ts";

/** The very payloads that a platform would be sent for a reply. */
export interface Payloads {
  /** The answer's own messages, in order. */
  readonly main: readonly unknown[];
  /** The messages of the thread under it. */
  readonly thread: readonly unknown[];
}

/** How a reply looks on a platform. */
export interface Preview {
  readonly platform: "slack" | "discord";
  payloads(reply: Reply): Payloads;
}
