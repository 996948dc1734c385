/** A command as the person who asks would type it where they are. */
import type { Inquiry } from "../ports.ts";

/** `line` after a slash in chat and at the prompt, after `npm start --` on the command line, where nobody is named. */
export function typed({ asker, place }: Pick<Inquiry, "asker" | "place">, line: string): string {
  const atPrompt = place !== null && place.adapter === "terminal" && place.thread !== null;
  return asker === null && !atPrompt ? `npm start -- ${line}` : `/${line}`;
}
