/** The platform-neutral reply: plain data that a renderer turns into a platform's payloads. */

export type Inline =
  | { readonly kind: "text"; readonly text: string; readonly style?: "strong" | "emphasis" | "code" }
  | { readonly kind: "link"; readonly text: string; readonly url: string }
  /** A citation mark, [n]; renderers link it to the source's `url`, or to where the passage stands. */
  | { readonly kind: "cite"; readonly n: number };

export type Block =
  | { readonly kind: "heading"; readonly content: readonly Inline[] }
  | { readonly kind: "paragraph"; readonly content: readonly Inline[] }
  /** Words of a source, verbatim; a `strong` text inside it marks the quoted span. */
  | { readonly kind: "quote"; readonly content: readonly Inline[] }
  | { readonly kind: "list"; readonly items: readonly (readonly Inline[])[] };

/** A numbered source under an answer. */
export interface Source {
  readonly n: number;
  /** The outlet, or the title where the document names none. */
  readonly label: string;
  readonly title: string;
  readonly published: string | null;
  /** Where it opens at the quoted words; null when there is no address. */
  readonly url: string | null;
  /** It is named where it is cited: no list of sources repeats it. */
  readonly named?: true;
}

/** Something a person may do with a reply; adapters show those they can. */
export interface Action {
  readonly kind: "share" | "delete" | "feedback";
  readonly label: string;
  readonly answerId: string;
}

/** One message's worth of a reply, before a platform's limits split it. */
export interface ReplyPart {
  readonly blocks: readonly Block[];
  readonly sources: readonly Source[];
  readonly actions: readonly Action[];
}

export interface Reply {
  readonly main: ReplyPart;
  /** One part a claim, in the order of the claims; what stands in the thread under the answer. */
  readonly thread: readonly ReplyPart[];
  /** The answer behind it, when the reply is an answer. */
  readonly answer: import("../answer/answer.ts").Answer | null;
}
