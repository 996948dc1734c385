/** What reading gives, one event a document or a failure, with how far it has come. */
import type { NewsroomError } from "../errors.ts";
import type { SourceDocument } from "./document.ts";

/** Bytes count what was read of all paths together; `bytesTotal` is null when it cannot be known. */
interface Progress {
  readonly bytesDone: number;
  readonly bytesTotal: number | null;
}

/** A document that was read, or the file or record (`source`) that could not be; one failure never ends the stream. */
export type ReadEvent =
  | ({ readonly kind: "document"; readonly document: SourceDocument } & Progress)
  | ({ readonly kind: "failed"; readonly source: string; readonly error: NewsroomError } & Progress);
