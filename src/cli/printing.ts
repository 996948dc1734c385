/** Prints to the output stream at its own pace, and knows how it is laid out. */
import { once } from "node:events";
import { colourTheme, type PlainTextOptions, plainTheme } from "../reply/plain-text.ts";
import type { Surroundings, TerminalStream } from "./surroundings.ts";

const widthOffTerminal = 80;
/** Longer lines are hard to read, however wide the window is. */
const widestText = 100;

/** Width and colours for a stream; colour only on a terminal, and only where it is wanted. */
export function layoutOf(stream: TerminalStream, noColour: boolean): PlainTextOptions {
  const columns = stream.isTTY ? (stream.columns ?? widthOffTerminal) : widthOffTerminal;
  const width = Math.min(columns > 0 ? columns : widthOffTerminal, widestText);
  return { width, theme: stream.isTTY && !noColour ? colourTheme : plainTheme };
}

export type Print = (text: string) => Promise<void>;

/** Prints text to the output; waits while the reader is slow, and prints no more once nobody reads. */
export function printingTo({ output, signal }: Pick<Surroundings, "output" | "signal">): Print {
  return async (text) => {
    if (output.destroyed || output.write(text)) return;
    // A reader that has gone never drains; the signal, or the stream's own end, says so.
    await Promise.race([
      once(output, "drain", { signal }).catch(() => undefined),
      once(output, "close", { signal }).catch(() => undefined),
    ]);
  };
}
