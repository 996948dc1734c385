/** Reads what a request asks for: pure, typos are errors and never defaults. */
import { NewsroomError } from "../../src/errors.ts";
import type { Inquiry, Place } from "../../src/ports.ts";

/** Where questions in a browser come from; `collections allow web pages` says what they may be answered from. */
export const webPlace: Place = { adapter: "web", workspace: "pages", channel: null, thread: null };

/** A question, or a command, of a guest at these pages. */
export function webInquiry(text: string, collections: readonly string[], more: Partial<Inquiry> = {}): Inquiry {
  const guest = { asker: null, place: webPlace, follows: null, standing: "guest", timeZone: null } as const;
  return { ...guest, text, collections, ...more };
}

/** A value of the query; null when it is absent or empty. */
export function given(value: string | undefined): string | null {
  return value === undefined || value.trim() === "" ? null : value;
}

/** What a request for an answer asks for. */
export interface AskRequest {
  /** As it was typed; the core says whether it is one. */
  readonly question: string;
  /** The answer that it follows. */
  readonly follows: string | null;
  readonly outlet: string | null;
  /** The form it is wanted in; null for a page of ours. */
  readonly form: (typeof forms)[number] | null;
}

const forms = ["slack", "discord", "data"] as const;

/** Reads it; throws `usage` where the answer is wanted in a form that there is not. */
export function readAskRequest(query: Readonly<Record<string, string>>): AskRequest {
  const as = given(query.as);
  const form = forms.find((one) => one === as) ?? null;
  if (as !== null && form === null)
    throw new NewsroomError(
      "usage",
      `“as” in this address must be one of ${forms.join(", ")}. Leave it out for the page.`,
    );
  return { question: query.q ?? "", follows: given(query.follows), outlet: given(query.outlet), form };
}

/** The path of an answer’s page; the same path gives the same answer as long as the corpus stays as it is. */
export function askPath({ question, follows, outlet }: Omit<AskRequest, "form">): string {
  const more = [
    follows === null ? "" : `&follows=${encodeURIComponent(follows)}`,
    outlet === null ? "" : `&outlet=${encodeURIComponent(outlet)}`,
  ];
  return `/ask?q=${encodeURIComponent(question.toWellFormed())}${more.join("")}`;
}

/** What a request for a document’s page asks for. */
export interface DocumentRequest {
  readonly id: string;
  readonly revision: number | undefined;
  /** Both or neither. */
  readonly start: number | undefined;
  readonly end: number | undefined;
  /** A part of a long document, from 1. */
  readonly part: number | undefined;
  /** The revision to compare with. */
  readonly compare: number | undefined;
}

/** Reads it; throws `usage` where a number is none, or one end of the quotation is missing. */
export function readDocumentRequest(id: string, query: Readonly<Record<string, string>>): DocumentRequest {
  const start = wholeNumber("start", query.start, 0);
  const end = wholeNumber("end", query.end, 1);
  if ((start === undefined) !== (end === undefined)) {
    throw new NewsroomError("usage", "The address of quoted words needs both “start” and “end”.");
  }
  return {
    id,
    revision: wholeNumber("revision", query.revision, 1),
    start,
    end,
    part: wholeNumber("part", query.part, 1),
    compare: wholeNumber("compare", query.compare, 1),
  };
}

/** A whole number of at least `least` from the query; undefined when it is absent. Throws `usage` for anything else. */
function wholeNumber(name: string, value: string | undefined, least: number): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d{1,9}$/.test(value) && number >= least) return number;
  throw new NewsroomError(
    "usage",
    `“${name}” in this address must be a whole number, at least ${least}. Follow a link to the document instead of editing the address.`,
  );
}
