/** The buttons under an answer: what they look like and what they carry, so that a press means the same after a restart. */
import type { APIActionRowComponent, APIButtonComponentWithCustomId } from "discord.js";
import { shorten } from "../../src/platform/shorten.ts";
import { inertLine } from "../../src/reply/inert.ts";
import type { Action } from "../../src/reply/reply.ts";
import { limits } from "./limits.ts";

/** What a press carries: Discord sends back what was sent, and nobody else can. */
export interface Pressed {
  readonly kind: Action["kind"];
  readonly answerId: string;
  /** Who asked; null with feedback, which anybody may give. */
  readonly asker: string | null;
  /** The delivery that the button stands under; null with feedback. */
  readonly delivery: string | null;
  /** Only with feedback. */
  readonly verdict: "good" | "bad" | null;
}

/** Whose answer the buttons stand under, and in which delivery. */
export interface Owner {
  readonly asker: string;
  readonly delivery: string;
}

/** Component types and button styles by their numbers: discord.js's names for them are code. */
const actionRow = 1;
const buttonType = 2;
const secondary = 2;

function button(carried: readonly string[], label: string): APIButtonComponentWithCustomId {
  return {
    type: buttonType,
    style: secondary,
    label: shorten(inertLine(label), limits.buttonText),
    custom_id: ["dateline", ...carried].join(":"),
  };
}

function buttonsOf({ kind, label, answerId }: Action, owner: Owner): APIButtonComponentWithCustomId[] {
  if (kind !== "feedback") return [button([kind, answerId, owner.asker, owner.delivery], label)];
  return [button([kind, answerId, "good"], "Good answer"), button([kind, answerId, "bad"], "Bad answer")];
}

/** The row of buttons for these actions, at most one of each kind; null without any. */
export function buttonRow(
  actions: readonly Action[],
  owner: Owner,
): APIActionRowComponent<APIButtonComponentWithCustomId> | null {
  const components = actions.flatMap((action) => buttonsOf(action, owner));
  return components.length === 0 ? null : { type: actionRow, components };
}

/** What a pressed button carries, or null when it is none of ours. */
export function pressed(customId: string): Pressed | null {
  const [app, kind, answerId, third, delivery, ...rest] = customId.split(":");
  if (app !== "dateline" || !answerId || !third || rest.length > 0) return null;
  if (kind === "feedback")
    return third === "good" || third === "bad" ? { kind, answerId, asker: null, delivery: null, verdict: third } : null;
  if ((kind !== "share" && kind !== "delete") || !delivery) return null;
  return { kind, answerId, asker: third, delivery, verdict: null };
}
