/** The buttons under an answer: what they look like and what they carry, so that a press means the same after a restart. */

import type { ActionsBlock, Button, ContextActionsBlock, KnownBlock } from "@slack/types";
import { shorten } from "../../src/platform/shorten.ts";
import type { Action } from "../../src/reply/reply.ts";
import { limits } from "./limits.ts";

/** The action ids that the adapter sends and listens for. */
export const actionIds = { share: "dateline_share", delete: "dateline_delete", feedback: "dateline_feedback" } as const;

/** What a press carries: Slack signs payloads, so what comes back is what was sent. */
export interface Pressed {
  readonly kind: Action["kind"];
  readonly answerId: string;
  /** Who asked; null where the button does not say (feedback). */
  readonly asker: string | null;
  /** The delivery that the button stands under; null with feedback. */
  readonly delivery: string | null;
  /** Only with feedback. */
  readonly verdict: "good" | "bad" | null;
}

function value(carried: Readonly<Record<string, string>>): string {
  return JSON.stringify(carried);
}

/** Whose answer the buttons stand under, and in which delivery. */
export interface Owner {
  readonly asker: string;
  readonly delivery: string;
}

function button(action: Action, owner: Owner): Button {
  return {
    type: "button",
    action_id: action.kind === "share" ? actionIds.share : actionIds.delete,
    text: { type: "plain_text", text: shorten(action.label, limits.buttonText), emoji: false },
    value: value({ answer: action.answerId, ...owner }),
  };
}

function feedback(action: Action): ContextActionsBlock {
  const choice = (verdict: "good" | "bad", text: string) => ({
    text: { type: "plain_text" as const, text },
    accessibility_label: shorten(`${text}. ${action.label}`, limits.buttonText),
    value: value({ answer: action.answerId, verdict }),
  });
  return {
    type: "context_actions",
    elements: [
      {
        type: "feedback_buttons",
        action_id: actionIds.feedback,
        positive_button: choice("good", "Good answer"),
        negative_button: choice("bad", "Bad answer"),
      },
    ],
  };
}

/** The blocks of these actions, at most one of each kind. */
export function buttons(actions: readonly Action[], owner: Owner): KnownBlock[] {
  const pressable = actions.filter(({ kind }) => kind !== "feedback").map((action) => button(action, owner));
  const row: ActionsBlock[] = pressable.length > 0 ? [{ type: "actions", elements: pressable }] : [];
  return [...row, ...actions.filter(({ kind }) => kind === "feedback").map(feedback)];
}

function textOf(carried: unknown, name: string): string | null {
  if (typeof carried !== "object" || carried === null || !(name in carried)) return null;
  const found = (carried as Readonly<Record<string, unknown>>)[name];
  return typeof found === "string" && found !== "" ? found : null;
}

/** What a pressed element carries, or null when it is none of ours. */
export function pressed(actionId: string, carried: string | undefined): Pressed | null {
  const kind = (Object.keys(actionIds) as Action["kind"][]).find((name) => actionIds[name] === actionId);
  if (kind === undefined || carried === undefined) return null;
  let content: unknown;
  try {
    content = JSON.parse(carried);
  } catch {
    return null;
  }
  const answerId = textOf(content, "answer");
  const verdict = textOf(content, "verdict");
  if (answerId === null) return null;
  if (kind === "feedback")
    return verdict === "good" || verdict === "bad" ? { kind, answerId, asker: null, delivery: null, verdict } : null;
  return { kind, answerId, asker: textOf(content, "asker"), delivery: textOf(content, "delivery"), verdict: null };
}
