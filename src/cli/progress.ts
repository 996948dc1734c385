/** Shows how far an ingest has come: a bar that redraws on a terminal, a plain line now and then elsewhere. */
import type { IngestProgress } from "../corpus/ingest.ts";
import { counted, grouped } from "../reply/counted.ts";
import type { Runtime } from "../runtime.ts";
import type { TerminalStream } from "./surroundings.ts";

const barWidth = 24;
const redrawMs = 100;
const lineMs = 5000;

/** "0.4 s", "45 s", "3 min", "2 h 5 min". */
export function durationWords(ms: number): string {
  if (ms < 9950) return `${Math.max(0.1, ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** One line: share done, documents, their rate, the time left as far as it can be known. */
export function progressLine(progress: IngestProgress, elapsedMs: number): string {
  const { added, revised, unchanged, failed, bytesDone, bytesTotal } = progress;
  const documents = added + revised + unchanged + failed;
  const rate = elapsedMs > 0 ? documents / (elapsedMs / 1000) : 0;
  const share = bytesTotal === null || bytesTotal === 0 ? null : Math.min(1, bytesDone / bytesTotal);
  const filled = share === null ? 0 : Math.round(share * barWidth);
  const bar =
    share === null ? "" : `[${"#".repeat(filled)}${"-".repeat(barWidth - filled)}] ${Math.floor(share * 100)} %  `;
  const left =
    share === null || share === 0 || share === 1 ? "" : `  ${durationWords((elapsedMs * (1 - share)) / share)} left`;
  return `${bar}${counted(documents, "document")}  ${grouped(rate)}/s${left}`;
}

export interface ProgressDisplay {
  show(progress: IngestProgress): void;
  /** Clears the bar; what comes next stands on a line of its own. */
  end(): void;
}

/** A display on `stream`; times come from `runtime`. */
export function createProgressDisplay(
  stream: TerminalStream & { write(text: string): unknown },
  runtime: Pick<Runtime, "monotonic">,
): ProgressDisplay {
  const started = runtime.monotonic();
  let last = started;
  let drawn = false;
  return {
    show(progress) {
      const now = runtime.monotonic();
      if (now - last < (stream.isTTY ? redrawMs : lineMs)) return;
      last = now;
      const line = progressLine(progress, now - started);
      if (!stream.isTTY) {
        stream.write(`${line}\n`);
        return;
      }
      drawn = true;
      stream.write(`\r\u001b[K${line.slice(0, Math.max(20, stream.columns ?? 80) - 1)}`);
    },
    end() {
      if (drawn) stream.write("\r\u001b[K");
      drawn = false;
    },
  };
}
