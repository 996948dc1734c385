/** The one error a person is shown: a stable code, a sentence that says what is wrong and what to do, and the cause. */

/** The kinds of failure; adapters and tests branch on these, never on the sentence. */
export type ErrorCode =
  | "usage"
  | "bad-question"
  | "bad-document"
  | "not-found"
  | "not-postable"
  | "data-read-only"
  | "data-newer"
  | "data-locked"
  | "data-not-a-database"
  | "data-full"
  | "data-damaged"
  | "configuration"
  | "platform"
  /** A post that may or may not have arrived, and is not repeated. */
  | "uncertain"
  | "stopped"
  | "internal";

/** `message` is one or two sentences for the person; `cause` is for the log. */
export class NewsroomError extends Error {
  override readonly name = "NewsroomError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

const turnedAway: readonly ErrorCode[] = ["usage", "bad-question", "not-found"];

/** Whether it is for the person to mend, and nothing for the operator. */
export function isTurnedAway(error: unknown): error is NewsroomError {
  return error instanceof NewsroomError && turnedAway.includes(error.code);
}

/** The sentence to show for anything thrown: a NewsroomError's own, a plain apology (never a stack) otherwise. */
export function sentenceFor(error: unknown): string {
  if (error instanceof NewsroomError) return error.message;
  return "Something went wrong inside Dateline; the log has the details.";
}
