/** Opens what a command works on: the data folder's newsroom, or one over the documents of `--corpus` alone. */
import type { Config } from "../config.ts";
import { starterCollection } from "../corpus/starter.ts";
import type { Logger } from "../logger.ts";
import { type OpenNewsroom, openNewsroom, openThrowaway } from "../open-newsroom.ts";
import type { Invocation } from "./arguments.ts";
import type { Surroundings } from "./surroundings.ts";

/** What every command is called with. */
export interface Work {
  readonly invocation: Invocation;
  readonly surroundings: Surroundings;
  readonly config: Config;
  readonly logger: Logger;
}

/** The data folder: the one that was named, else the environment's. */
export function dataFolder({ invocation, config }: Pick<Work, "invocation" | "config">): string {
  return invocation.data ?? config.data;
}

/** The collections that answer: all that hold a document, the starter corpus only while it is alone. */
export async function answeringCollections({ store }: Pick<OpenNewsroom, "store">): Promise<readonly string[]> {
  const inUse = await store.collectionsInUse();
  const own = inUse.filter((name) => name !== starterCollection);
  return own.length === 0 ? inUse : own;
}

/** Remembers whether the starter corpus is alone; what is returned says that it no longer is, if that has changed. */
export async function watchStarter(
  { store }: Pick<OpenNewsroom, "store">,
  { errors }: Pick<Surroundings, "errors">,
): Promise<() => Promise<void>> {
  const isAlone = async () => (await store.collectionsInUse()).every((name) => name === starterCollection);
  const before = await isAlone();
  return async () => {
    if (before && !(await isAlone()))
      errors.write("From now on your own documents answer; the starter corpus has stepped aside.\n");
  };
}

/** Opens it; rejects as `openNewsroom` and `openThrowaway` do. The caller closes it. */
export async function openFor(work: Work): Promise<OpenNewsroom> {
  const { invocation, surroundings, config, logger } = work;
  const { publicUrl, feedsPrivateHosts: allowedPrivateHosts } = config;
  // A site that is troubled by us finds out whom to tell.
  const named = publicUrl === null ? {} : { userAgent: `Dateline (newsroom feed reader; +${publicUrl})` };
  const fetching = { allowedPrivateHosts, ...named };
  const options = { runtime: surroundings.runtime, publicUrl, logger, fetching };
  if (invocation.corpus === null) return openNewsroom(dataFolder(work), options);
  const { readDocuments } = await import("../corpus/read/read-documents.ts");
  return openThrowaway(
    readDocuments([invocation.corpus], { collection: "main", signal: surroundings.signal }),
    options,
  );
}
